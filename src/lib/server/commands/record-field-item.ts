// Takes in one line of a phone's queue. Sent again it changes nothing; done already by a colleague it is merged and says
// so; what can never be taken is refused with the reason, and the phone may let it go.

import { randomUUID } from 'node:crypto';
import { nearSiteM, placeRules } from '#db/rules/checklist.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import type { FieldItem, FieldOutcome } from '#lib/contract/field.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { changeToAnswer, withAnswer, type RouteChanges } from '#lib/domain/field/route-change.ts';
import { fixFlags } from '#lib/domain/field/place-check.ts';
import type { PlanVisit } from '#lib/domain/planning/plan-problem.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { officerOfPerson } from '../repositories/officer.ts';
import { markRevealed } from '../repositories/patrol-draw.ts';
import {
	allDeparted,
	bindFindings,
	hazardForChange,
	insertFinding,
	insertFoundSite,
	insertVisit,
	markDeparted,
	markRectified,
	markReturned,
	metersFromSite,
	writeChanges,
	officerNames,
	rememberItem,
	sentBefore,
	stopForChange,
	updateStop,
	type StopForChange,
} from '../repositories/patrol-field.ts';
import { planById, planTeams } from '../repositories/patrol-plan.ts';
import { sitesAround } from '../repositories/patrol-site.ts';

export type RecordFieldItem =
	{ ok: true; outcome: FieldOutcome; events: EventMessage[] } | { ok: false; reason: 'forbidden' | 'not-an-officer' };

interface Field {
	tx: Db;
	caller: Caller;
	officer: { id: string; name: string };
	/** When it was done, by the phone; when it came, by the server. */
	at: Date;
	events: NewEvent[];
}

type Told = Omit<FieldOutcome, 'id'>;
const stored = (note = '', flags: string[] = []): Told => ({ state: 'stored', note, flags });
const merged = (note: string): Told => ({ state: 'merged', note, flags: [] });
const refused = (note: string): Told => ({ state: 'refused', note, flags: [] });

export async function recordFieldItem(db: Db, caller: Caller, item: FieldItem): Promise<RecordFieldItem> {
	const { principal, now } = caller;
	if (!authorize(principal, 'patrol:field').ok || principal.kind !== 'person')
		return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<RecordFieldItem> => {
		const officer = await officerOfPerson(tx, principal.id);
		if (!officer) return { ok: false, reason: 'not-an-officer' };
		const before = await sentBefore(tx, item.id);
		if (before) return { ok: true, outcome: before, events: [] };
		// A phone whose clock runs ahead cannot make the future happen.
		const recordedAt = new Date(Math.min(Date.parse(item.at), now.getTime()));
		const field: Field = { tx, caller, officer, at: recordedAt, events: [] };
		const outcome: FieldOutcome = { id: item.id, ...(await take(field, item)) };
		await rememberItem(
			tx,
			{ id: item.id, kind: item.kind, officerId: officer.id, recordedAt, receivedAt: now },
			outcome,
		);
		const events = await appendEvents(tx, field.events);
		const detail = { kind: item.kind, state: outcome.state, flags: outcome.flags };
		await audit(tx, {
			...signedBy(caller),
			action: 'patrol:field',
			object: `item ${item.id}`,
			detail,
			outcome: 'done',
		});
		return { ok: true, outcome, events };
	});
}

async function take(field: Field, item: FieldItem): Promise<Told> {
	switch (item.kind) {
		case 'depart':
			return depart(field, item.planId);
		case 'return':
			return comeBack(field, item.planId, item.minutes);
		case 'answerEmergency':
			return answer(field, item);
		case 'newSite':
			return newSite(field, item);
		default: {
			const stop = await stopForChange(field.tx, item.stopId);
			if (!stop) return refused('没有这一站 · There is no such stop.');
			if (!stop.officer_ids.includes(field.officer.id)) return refused('这一站不在您的小组 · Not your team’s stop.');
			return atStop(field, stop, item);
		}
	}
}

async function teamOf({ tx, officer }: Field, planId: string) {
	return (await planTeams(tx, planId)).find(({ officer_ids }) => officer_ids.includes(officer.id));
}

async function depart(field: Field, planId: string): Promise<Told> {
	const { tx, at, caller } = field;
	const team = await teamOf(field, planId);
	if (!team) return refused('这不是您的计划 · Not your plan.');
	if (team.departed_at) return merged('小组已出发 · The team has departed already.');
	await markDeparted(tx, planId, team.team, at);
	// Of the own team, wherever the plan goes.
	const plan = await planById(tx, SYSTEM, planId);
	if (plan?.drawId && (await allDeparted(tx, planId))) await markRevealed(tx, plan.drawId, caller.now);
	tell(field, planId, 'departed');
	return stored();
}

async function comeBack(field: Field, planId: string, minutes: string): Promise<Told> {
	const team = await teamOf(field, planId);
	if (!team) return refused('这不是您的计划 · Not your plan.');
	const signed = { text: minutes, by: field.officer.name, at: field.at.toISOString() };
	await markReturned(field.tx, planId, team.team, field.at, signed);
	tell(field, planId, 'returned');
	return stored();
}

async function answer(
	field: Field,
	{ planId, accepted, reason, changeAt }: FieldItem & { kind: 'answerEmergency' },
): Promise<Told> {
	const team = await teamOf(field, planId);
	const all = (team?.change ?? null) as RouteChanges | null;
	const change = changeToAnswer(all, changeAt);
	if (!team || !all || !change) return refused('没有待确认的调整 · Nothing waits for an answer.');
	if (change.answer) return merged(`${change.answer.by} 已答复 · answered already.`);
	const answer = { accepted, reason, by: field.officer.name };
	await writeChanges(field.tx, planId, team.team, withAnswer(all, change.at, answer));
	tell(field, planId, accepted ? 'accepted' : 'declined');
	return stored();
}

async function newSite({ tx, officer, at }: Field, item: FieldItem & { kind: 'newSite' }): Promise<Told> {
	const [near] = await sitesAround(tx, item.fix.at, nearSiteM.value);
	await insertFoundSite(tx, {
		...{ id: item.id, kind: item.what, note: item.note, at: item.fix.at, accuracyM: item.fix.accuracyM },
		...{ evidenceId: item.evidenceId, nearSiteId: near?.id ?? null, foundAt: at, foundBy: officer.name },
	});
	return near
		? stored(
				`附近 ${near.meters} m 有登记工地“${near.name}” · “${near.name}” of the register is ${near.meters} m away.`,
			)
		: stored();
}

type StopItem = Extract<FieldItem, { stopId: string }>;

async function atStop(field: Field, stop: StopForChange, item: StopItem): Promise<Told> {
	const { tx, at, officer } = field;
	switch (item.kind) {
		case 'arrive': {
			if (stop.state !== 'planned') return merged('同组人员已记录到达 · A colleague has recorded the arrival.');
			const flags = await flagsOf(field, stop, item.fix);
			await updateStop(tx, stop.id, {
				state: 'arrived',
				arrived_at: at,
				arrival: JSON.stringify({ fix: item.fix, flags, by: officer.name, officerId: officer.id }),
			});
			tell(field, stop.plan_id, 'arrived');
			return stored('', flags);
		}
		case 'leave':
			return leave(field, stop, item);
		case 'skip':
			if (stop.state === 'done') return merged('这一站已完成 · This stop is done already.');
			await updateStop(tx, stop.id, { state: 'skipped', skip_reason: item.reason });
			tell(field, stop.plan_id, 'skipped');
			return stored();
		case 'confirm': {
			const recorded = stop.arrival as { officerId?: string } | null;
			if (stop.confirmed_by) return merged('已由同组人员确认 · Confirmed already.');
			if (recorded?.officerId === officer.id) return refused('须由另一名人员确认 · The other officer has to confirm.');
			await updateStop(tx, stop.id, { confirmed_by: officer.id, confirmed_at: at });
			return stored();
		}
		case 'finding':
			return finding(field, stop, item);
		case 'recheck': {
			const hazard = await hazardForChange(tx, item.hazardId);
			if (!hazard || hazard.site_id !== stop.site_id) return refused('没有这项隐患 · There is no such hazard here.');
			if (hazard.closed_at) return merged('该隐患已由他人销号 · Somebody else has closed this hazard meanwhile.');
			if (item.isRectified) await markRectified(tx, hazard.id, at);
			return stored();
		}
	}
}

async function leave(field: Field, stop: StopForChange, item: StopItem & { kind: 'leave' }): Promise<Told> {
	const { tx, at, officer } = field;
	if (stop.state === 'done') return merged('同组人员已记录离开 · A colleague has recorded leaving.');
	const arrivedAt = stop.arrived_at ?? new Date(at.getTime() - item.minutes * 60_000);
	const flags = await flagsOf(field, stop, item.fix);
	const spent = (at.getTime() - arrivedAt.getTime()) / 60_000;
	if (spent < (stop.leave_min - stop.start_min) * placeRules.shortShare.value) flags.push('tooShort');
	const names = await officerNames(tx, stop.officer_ids);
	const visitId = randomUUID();
	const visits = (stop.plan_visits as { visits: PlanVisit[] }).visits;
	const planned = visits.find(({ key }) => key === stop.visit_key);
	const isLookBack = planned?.merged.includes('lookBack') ?? false;
	await insertVisit(tx, {
		id: visitId,
		siteId: stop.site_id,
		at: arrivedAt,
		minutes: Math.round(spent),
		officers: [...names.values()],
		occasion: planned?.departments.length ? 'joint' : isLookBack ? 'lookBack' : (planned?.occasion ?? 'routine'),
		result: item.result,
		sourceId: stop.source_id!,
		machineIds: item.machines,
	});
	const findings = await bindFindings(tx, stop.id, visitId);
	await updateStop(tx, stop.id, {
		state: 'done',
		arrived_at: arrivedAt,
		left_at: at,
		departure: JSON.stringify({ fix: item.fix, flags, by: officer.name, result: item.result }),
		checklist: JSON.stringify(item.checklist),
		visit_id: visitId,
	});
	field.events.push({
		at: field.caller.now,
		type: 'visit:made',
		subject: siteSubject(stop, visitId, 'visit'),
		data: { visitId, result: item.result, findings },
	});
	tell(field, stop.plan_id, 'left');
	return stored('', flags);
}

async function finding(field: Field, stop: StopForChange, item: StopItem & { kind: 'finding' }): Promise<Told> {
	const { tx, at, caller } = field;
	const isNew = await insertFinding(tx, {
		...{ id: item.hazardId, siteId: stop.site_id, stopId: stop.id, visitId: stop.visit_id, at },
		...{ category: item.category, description: item.description, isMajor: item.isMajor, dueOn: item.dueOn },
		sourceId: stop.source_id!,
	});
	if (!isNew) return merged('该隐患已上传 · This finding was sent already.');
	field.events.push({
		at: caller.now,
		type: 'hazard:found',
		subject: siteSubject(stop, item.hazardId, 'hazard'),
		data: { hazardId: item.hazardId, isMajor: item.isMajor, category: item.category },
	});
	return stored();
}

async function flagsOf({ tx, caller, at }: Field, stop: StopForChange, fix: (StopItem & { kind: 'arrive' })['fix']) {
	const meters = fix ? await metersFromSite(tx, stop.site_id, fix.at) : null;
	// What waited in the queue without a network is late, not a wrong clock.
	const ageS = (caller.now.getTime() - at.getTime()) / 1000;
	return fixFlags(fix, meters, ageS < 0 ? ageS : null, placeRules) as string[];
}

function siteSubject(stop: StopForChange, id: string, kind: string): NewEvent['subject'] {
	return { kind, id, siteId: stop.site_id, ...(stop.town_code ? { townCode: stop.town_code } : {}) };
}

function tell({ events, caller }: Field, planId: string, change: string): void {
	events.push({
		at: caller.now,
		type: 'patrol:changed',
		subject: { kind: 'plan', id: planId },
		data: { planId, change },
	});
}
