// Everything about a machine over its life, put together for its file: tests and assessments with the day they are due,
// limits in force, alarms of a year, places, neighbours.

import { machineRules } from '#db/rules/machine.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import type { DueNote, MachineFile } from '#lib/contract/machine-file.ts';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import { dueState, nextTestOn } from '#lib/domain/machine/due.ts';
import type { Db } from '../db/connection.ts';
import type { LivePart } from '../live/live-part.ts';
import { alarmsOfYear, neighboursOf, placesOf } from '../repositories/machine-file.ts';
import { machineDossier } from '../repositories/machine.ts';
import { limitsInForce } from './limits-in-force.ts';

const YEAR_MS = 365 * 86_400_000;

/**
 * What lies beyond the scope is counted and not named: a jib does not end at the border.
 *
 * @param whole - where it is counted
 * @returns undefined when there is no such machine, or none in scope
 */
export async function machineFile(
	{ db, whole }: { db: Db; whole: Db },
	scope: Scope,
	live: LivePart,
	id: string,
	now: Date,
): Promise<MachineFile | undefined> {
	const machine = await machineDossier(db, scope, id, now);
	if (!machine) return undefined;
	const device = machine.device && live.state.devices.get(machine.device.id);
	const isCrane = machine.kind === 'towerCrane';
	const places = await placesOf(db, scope, machine.id);
	const neighbours = isCrane ? await neighboursOf(db, scope, machine.id) : [];
	const shown = new Set(neighbours.map(({ no }) => no));
	const beyond = isCrane ? (await neighboursOf(whole, SYSTEM, machine.id)).filter(({ no }) => !shown.has(no)) : [];
	return {
		machine,
		siteName: live.state.byNo.get(machine.no)?.siteName ?? '',
		test: noteOf(
			machine.testedOn,
			nextTestOn(dayOf(machine.testedOn), machineRules.due),
			now,
			machineRules.due.test.source,
		),
		assessment: noteOf(machine.assessedUntil, dayOf(machine.assessedUntil), now, machine.age.limit?.source ?? ''),
		limits: device ? limitsInForce(device, live.rules()) : [],
		alarms: machine.device ? await alarmsOfYear(db, machine.device.id, new Date(now.getTime() - YEAR_MS)) : [],
		places,
		neighbours,
		beyond: {
			places: (await placesOf(whole, SYSTEM, machine.id)).length - places.length,
			neighbours: beyond.length,
			tooNear: beyond.filter(({ faults }) => faults.length > 0).length,
		},
	};
}

function dayOf(text: string | null): Date | null {
	return text === null ? null : new Date(`${text}T00:00:00Z`);
}

function noteOf(on: string | null, dueOn: Date | null, now: Date, source: string): DueNote {
	return {
		...dueState(dueOn, machineRules.due.soon, now),
		on,
		dueOn: dueOn?.toISOString().slice(0, 10) ?? null,
		source: source === '' ? null : sourceWords(source),
	};
}
