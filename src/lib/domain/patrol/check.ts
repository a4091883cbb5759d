// Whether a problem can be understood at all: every name known, every number a number, every table whole.

import type { Sentence } from '../import/sentence.ts';
import type { Problem, Team, TravelTables, Visit } from './problem.ts';

/** Larger problems are refused: the search would not end in useful time on a bureau's machine. */
export const MOST_VISITS = 5000;
export const MOST_TEAMS = 500;
/** A problem that is wrong everywhere need not be told about a thousand times. */
const MOST_FAULTS = 50;
/** Larger numbers would swallow the minutes beside them when costs are added up. */
const MOST_AMOUNT = 1e9;

const WEIGHTS = ['minutes', 'km', 'team', 'fairness'] as const;

/**
 * @param problem - parsed JSON of unknown origin
 * @returns what is wrong, where, and what is expected, one sentence each; empty when the problem is sound.
 *   A sound problem may still leave must-visits unplanned, when they fit no team.
 */
export function problemFaults(problem: unknown): Sentence[] {
	const faults: Sentence[] = [];
	const { places, teams, visits, matrix, weights } = (problem ?? {}) as Problem;
	if (!isListOfRecords(places) || !places.length)
		return [say('“places”至少要有一个地点', '“places” must list at least one place')];
	if (!isListOfRecords(teams) || !teams.length)
		return [say('“teams”至少要有一组人员', '“teams” must list at least one team')];
	if (!isListOfRecords(visits)) return [say('“visits”应为列表', '“visits” must be a list')];
	if (visits.length > MOST_VISITS)
		return [
			say(
				`“visits”有 ${visits.length} 项，一次最多可排 ${MOST_VISITS} 项`,
				`“visits” has ${visits.length} entries; ${MOST_VISITS} are the most that can be planned at once`,
			),
		];
	if (teams.length > MOST_TEAMS)
		return [
			say(
				`“teams”有 ${teams.length} 组，最多 ${MOST_TEAMS} 组`,
				`“teams” has ${teams.length} entries; ${MOST_TEAMS} are the most that can be planned at once`,
			),
		];
	const known = {
		places: named('places', places, faults),
		teams: named('teams', teams, faults),
		visits: named('visits', visits, faults),
	};
	for (const { id, at } of places)
		if (at != null && !isPosition(at))
			faults.push(
				say(
					`地点“${id}”的“at”应为 [经度, 纬度]，经度在前，单位为度`,
					`Place “${id}”: “at” must be [longitude, latitude] in degrees, longitude first`,
				),
			);
	for (const [name, tables] of [
		['matrix', matrix],
		['weights', weights],
	] as const)
		if (tables != null && !isRecord(tables)) return [say(`“${name}”应为对象 {…}`, `“${name}” must be an object {…}`)];
	faults.push(...tableFaults(places, matrix ?? undefined));
	for (const team of teams) faults.push(...teamFaults(team, known.places));
	const byId = new Map(visits.map((visit) => [visit.id, visit]));
	for (const visit of visits) faults.push(...visitFaults(visit, known, byId));
	for (const name of WEIGHTS)
		if (weights?.[name] != null && !isAmount(weights[name]))
			faults.push(say(`权重“${name}”应为 0 到 10 亿的数`, `Weight “${name}” must be a number from 0 to 1e9`));
	return faults.slice(0, MOST_FAULTS);
}

function say(zh: string, en: string): Sentence {
	return { zh, en };
}

function named(list: string, entries: { id: unknown }[], faults: Sentence[]): Set<string> {
	const ids = new Set<string>();
	for (const { id } of entries) {
		if (typeof id !== 'string' || id === '')
			faults.push(say(`“${list}”中有一项缺少文字“id”`, `An entry of “${list}” has no “id” that is a text`));
		else if (ids.has(id)) faults.push(say(`“${list}”中“${id}”出现两次`, `“${id}” stands twice in “${list}”`));
		ids.add(id as string);
	}
	return ids;
}

function tableFaults(places: Problem['places'], matrix: TravelTables | undefined): Sentence[] {
	const faults: Sentence[] = [];
	for (const name of ['minutes', 'km'] as const) {
		const table: unknown = matrix?.[name];
		if (table == null) continue;
		if (!Array.isArray(table) || table.length !== places.length) {
			const rows = Array.isArray(table) ? table.length : 0;
			faults.push(
				say(
					`matrix.${name} 应每个地点一行，共 ${places.length} 行，实有 ${rows} 行`,
					`matrix.${name} must have one row per place: ${places.length}, not ${rows}`,
				),
			);
			continue;
		}
		(table as unknown[]).forEach((row, from) => {
			const values = Array.isArray(row) ? (row as unknown[]) : [];
			if (values.length !== places.length) {
				faults.push(
					say(
						`matrix.${name} 从“${places[from]!.id}”出发的一行应有 ${places.length} 个数，实有 ${values.length} 个`,
						`matrix.${name}, the row from “${places[from]!.id}” must have ${places.length} numbers, not ${values.length}`,
					),
				);
				return;
			}
			const hole = places.findIndex((_, to) => !isAmount(values[to]));
			if (hole < 0) return;
			const there = places[hole]!.id;
			faults.push(
				say(
					`matrix.${name} 从“${places[from]!.id}”到“${there}”应为 0 到 10 亿的数`,
					`matrix.${name}, from “${places[from]!.id}” to “${there}”: a number from 0 to 1e9 is expected`,
				),
			);
		});
	}
	const nowhere = places.find((place) => place.at == null);
	if (nowhere && matrix?.minutes == null && matrix?.km == null)
		faults.push(
			say(
				`地点“${nowhere.id}”需要“at”：没有行程表可用`,
				`Place “${nowhere.id}” needs “at”, because there is no matrix to take its travel times from`,
			),
		);
	return faults;
}

function teamFaults(team: Team, places: Set<string>): Sentence[] {
	const faults: Sentence[] = [];
	const add = (zh: string, en: string) => faults.push(say(`组“${team.id}”：${zh}`, `Team “${team.id}”: ${en}`));
	if (team.from == null) add('缺少“from”', '“from” is missing');
	else if (!places.has(team.from))
		add(`“from”“${team.from}”不在地点中`, `“from” names “${team.from}”, which is no place`);
	if (team.to != null && !places.has(team.to))
		add(`“to”“${team.to}”不在地点中`, `“to” names “${team.to}”, which is no place`);
	if (!isWindow(team.shift)) add('“shift”应为 [起, 止]，起不晚于止', '“shift” must be [from, to], from not after to');
	if (team.capacity != null && !isAmount(team.capacity))
		add('“capacity”应为 0 到 10 亿的数', '“capacity” must be a number from 0 to 1e9');
	if (team.fixedCost != null && !isAmount(team.fixedCost))
		add('“fixedCost”应为 0 到 10 亿的数', '“fixedCost” must be a number from 0 to 1e9');
	if (team.skills != null && !isListOfTexts(team.skills))
		add('“skills”应为文字列表', '“skills” must be a list of texts');
	if (team.breaks != null && !isListOfRecords(team.breaks)) add('“breaks”应为列表', '“breaks” must be a list');
	else
		for (const rest of team.breaks ?? [])
			if (!isWindow(rest.window) || !isAmount(rest.minutes))
				add(
					'休息应有“window”[起, 止] 和 0 到 10 亿的“minutes”',
					'a break must have a “window” [from, to] and “minutes” from 0 to 1e9',
				);
	return faults;
}

function visitFaults(
	visit: Visit,
	known: { places: Set<string>; teams: Set<string> },
	visits: Map<string, Visit>,
): Sentence[] {
	const faults: Sentence[] = [];
	const add = (zh: string, en: string) => faults.push(say(`“${visit.id}”：${zh}`, `Visit “${visit.id}”: ${en}`));
	if (visit.place == null) add('缺少“place”', '“place” is missing');
	else if (!known.places.has(visit.place))
		add(`地点“${visit.place}”不存在`, `“place” names “${visit.place}”, which is no place`);
	if (!isAmount(visit.minutes)) add('“minutes”应为 0 到 10 亿的数', '“minutes” must be a number from 0 to 1e9');
	if (visit.must != null && typeof visit.must !== 'boolean')
		add('“must”应为 true 或 false', '“must” must be true or false');
	if (visit.windows != null && !Array.isArray(visit.windows)) add('“windows”应为列表', '“windows” must be a list');
	else
		for (const window of visit.windows ?? [])
			if (!isWindow(window))
				add(
					`时段 [${String(window)}] 应为 [起, 止]，起不晚于止`,
					`window [${String(window)}] must be [from, to], from not after to`,
				);
	if (visit.load != null && !isAmount(visit.load))
		add('“load”应为 0 到 10 亿的数', '“load” must be a number from 0 to 1e9');
	if (visit.prize != null && !isAmount(visit.prize))
		add('“prize”应为 0 到 10 亿的数', '“prize” must be a number from 0 to 1e9');
	for (const list of ['skills', 'notTeam'] as const)
		if (visit[list] != null && !isListOfTexts(visit[list]))
			add(`“${list}”应为文字列表`, `“${list}” must be a list of texts`);
	if (visit.team && !known.teams.has(visit.team))
		add(`组“${visit.team}”不存在`, `“team” names “${visit.team}”, which is no team`);
	if (visit.after && !visits.has(visit.after))
		add(`前一项“${visit.after}”不存在`, `“after” names “${visit.after}”, which is no visit`);
	else if (leadsBack(visit, visits)) add('先后关系成环', '“after” leads in a circle');
	return faults;
}

function leadsBack(visit: Visit, visits: Map<string, Visit>): boolean {
	const seen = new Set([visit.id]);
	for (let other = visits.get(visit.after ?? ''); other; other = visits.get(other.after ?? '')) {
		if (seen.has(other.id)) return true;
		seen.add(other.id);
	}
	return false;
}

function isNumber(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}

function isAmount(value: unknown): value is number {
	return isNumber(value) && value >= 0 && value <= MOST_AMOUNT;
}

function isListOfTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOfRecords(value: unknown): value is Record<string, unknown>[] {
	return Array.isArray(value) && value.every(isRecord);
}

function isPosition(at: unknown): boolean {
	if (!Array.isArray(at) || at.length !== 2 || !at.every(isNumber)) return false;
	return Math.abs(at[0]!) <= 180 && Math.abs(at[1]!) <= 90;
}

function isWindow(window: unknown): window is [number, number] {
	return (
		Array.isArray(window) && window.length === 2 && isNumber(window[0]) && isNumber(window[1]) && window[0] <= window[1]
	);
}
