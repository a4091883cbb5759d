// Everything about a machine over its life, put together for its file: tests and assessments with the day they are due,
// limits in force, alarms of a year, places, neighbours.

import { machineRules } from '#db/rules/machine.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import type { DueNote, MachineFile } from '#lib/contract/machine-file.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { dueState, nextTestOn } from '#lib/domain/machine/due.ts';
import type { Db } from '../db/connection.ts';
import type { LivePart } from '../live/live-part.ts';
import { alarmsOfYear, neighboursOf, placesOf } from '../repositories/machine-file.ts';
import { machineDossier } from '../repositories/machine.ts';
import { limitsInForce } from './limits-in-force.ts';

const YEAR_MS = 365 * 86_400_000;

/** @returns undefined when there is no such machine, or none in scope */
export async function machineFile(
	db: Db,
	scope: Scope,
	live: LivePart,
	id: string,
	now: Date,
): Promise<MachineFile | undefined> {
	const machine = await machineDossier(db, scope, id, now);
	if (!machine) return undefined;
	const device = machine.device && live.state.devices.get(machine.device.id);
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
		places: await placesOf(db, machine.id),
		neighbours: machine.kind === 'towerCrane' ? await neighboursOf(db, machine.id) : [],
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
