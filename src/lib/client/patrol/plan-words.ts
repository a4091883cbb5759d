// Words of plans: templates, reasons, times of the day, names in the place of keys.

import { RISK_GRADES } from '#lib/domain/coverage/grade.ts';
import type { ExposureBand } from '#lib/domain/flood/exposure.ts';
import { inBoth, type Sentence } from '#lib/domain/import/sentence.ts';
import type { RouteChange } from '#lib/domain/field/route-change.ts';
import { FIX_FLAGS } from '#lib/domain/field/place-check.ts';
import type { Department } from '#lib/domain/planning/department.ts';
import type { OpenSeat, Seat, WorkNeed } from '#lib/domain/planning/companions.ts';
import type { PlanVisit, VisitReason } from '#lib/domain/planning/plan-problem.ts';
import type { PlanTeam } from '#lib/domain/planning/team.ts';
import type { TemplateKey } from '#lib/domain/planning/template.ts';
import { getLocale } from '../words/generated/runtime.js';
import { riskGradeWord, townWord } from '../words/labels.ts';
import { m } from '../words/generated/messages.js';
import { termName } from '../coverage/due-words.ts';
import { bandWord } from '../flood/flood-words.ts';

export const templateWord = (key: TemplateKey) => m[`template_${key}`]();

/** Which sites a draw was limited to: its filter, in words. */
export function limitWords(
	filter: string,
	towns: readonly { code: string; name: string; nameEn: string | null }[],
): string {
	const words = filter.split('、').map((key) => {
		const grade = RISK_GRADES.find((one) => one === key);
		const town = towns.find(({ code }) => code === key);
		return grade ? riskGradeWord(grade) : town ? townWord(town) : key;
	});
	return words.join(' · ');
}

/** `08:30` of minutes after midnight; of a later day of the month the time only. */
export function clockOf(minutes: number): string {
	const whole = Math.round(minutes) % 1440;
	return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}

export function reasonWord({ key, value }: VisitReason): string {
	switch (key) {
		case 'overdue':
			return m.reason_overdue({ n: value });
		case 'campaign':
			return m.reason_campaign({ name: value });
		case 'drawn':
			return m.reason_drawn();
		case 'emergency':
			return m.reason_emergency({ why: value });
		case 'floodMoving':
		case 'floodLate':
		case 'floodOverdue':
		case 'floodSilent':
			return m[`reason_${key}`]();
		case 'floodMeasures':
			return m.reason_floodMeasures({ n: value });
		case 'floodExposure':
			return m.reason_floodExposure({
				band: value === 'unknown' ? m.section_band_unknown() : bandWord(value as ExposureBand),
			});
		case 'major':
			return typeof value === 'number' ? m.coverage_major({ n: value }) : termName(key);
		case 'lookBack':
			return typeof value === 'number' ? m.coverage_lookBack({ n: value }) : termName(key);
		default:
			return value === '' ? termName(key) : m.reason_term({ term: termName(key), value });
	}
}

export const teamName = (team: string) => m.plan_team({ n: team.replace(/^.*t/, '') });

/** What a team has said to the change of its route. */
export function changeWord({ why, answer, back }: Pick<RouteChange, 'why' | 'answer' | 'back'>): string {
	if (back) return answer ? m.plan_changeBackSeen({ why, by: answer.by }) : m.plan_changeBackWaits({ why });
	if (!answer) return m.plan_changeWaits({ why });
	const { by, reason } = answer;
	return answer.accepted ? m.plan_changeAccepted({ why, by }) : m.plan_changeDeclined({ why, by, reason });
}

/** A word of another bureau that an older plan has kept is shown as it is. */
export const departmentWord = (key: Department) => m[`department_${key}`]?.() ?? key;

/** What about the positions and times of a phone is to be looked at. */
export const flagWords = (flags: readonly string[]) =>
	FIX_FLAGS.filter((flag) => flags.includes(flag)).map((flag) => m[`flag_${flag}`]());

/** Team with its two officers. */
export function teamLine({ id, names }: PlanTeam): string {
	return `${teamName(id)} ${names.join(m.ui_listComma())}`;
}

export const needWord = (need: WorkNeed) => m[`companion_need_${need}`]();

export function openWord({ kind, reason, full }: OpenSeat): string {
	const who = kind === 'agency' ? m.companion_agency() : m.companion_expert();
	const names = full.join(m.ui_listComma());
	return `${who} · ${reason === 'quota' ? m.companion_open_quota({ names }) : m[`companion_open_${reason}`]()}`;
}

/** `陈工（岩土工程）`: who comes along for a work, and what qualifies them. */
export const seatWord = ({ need, name, discipline }: Pick<Seat, 'need' | 'name' | 'discipline'>) =>
	m.companion_seat({ need: needWord(need), name, discipline: discipline ?? m.companion_agency() });

/** Everybody who rides along, once, with all they are taken for. */
export function companionGroups(seats: readonly Seat[]): (Seat & { seats: Seat[] })[] {
	const groups = new Map<string, Seat & { seats: Seat[] }>();
	for (const seat of seats) {
		const key = `${seat.team}/${seat.companionId}`;
		const group = groups.get(key);
		if (group) group.seats.push(seat);
		else groups.set(key, { ...seat, seats: [seat] });
	}
	return [...groups.values()].sort((a, b) => a.team.localeCompare(b.team, 'en', { numeric: true }));
}

/** A sentence of the solver names visits and teams by key; people know them by name. */
export function named(text: string, visitOf: ReadonlyMap<string, PlanVisit>): string {
	const own = ownLanguage(text);
	return own.replace(/“(s\d+|(?:\d+\/)?t\d+)”/g, (_, key: string) =>
		key.startsWith('s') ? `“${visitOf.get(key)?.name ?? key}”` : teamName(key),
	);
}

/** Which rule is broken, in the language of the page. */
export const brokenWord = ({ sentence }: { sentence: Sentence }, visitOf: ReadonlyMap<string, PlanVisit>) =>
	named(inBoth(sentence), visitOf);

/** The solver speaks both languages on one line (`inBoth`); a page speaks one. */
function ownLanguage(text: string): string {
	const parts = text.split(inBoth({ zh: '', en: '' }));
	return parts.length === 2 ? parts[getLocale() === 'en' ? 1 : 0]! : text;
}
