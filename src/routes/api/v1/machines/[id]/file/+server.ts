import { machineRules } from '#db/rules/machine.ts';
import type { DueNote, MachineFile } from '#lib/contract/machine-file.ts';
import { dueState, nextTestOn } from '#lib/domain/machine/due.ts';
import { Fault } from '#lib/server/errors.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { alarmsOfYear, neighboursOf, placesOf } from '#lib/server/repositories/machine-file.ts';
import { machineDossier } from '#lib/server/repositories/machine.ts';
import { limitsInForce } from '#lib/server/rules/limits-in-force.ts';
import type { RequestHandler } from './$types';

const YEAR_MS = 365 * 86_400_000;

/** Everything about a machine over its life. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const { db, scope, runtime } = locals;
	const now = new Date();
	const machine = isUuid(params.id) ? await machineDossier(db, scope, params.id, now) : undefined;
	if (!machine)
		throw new Fault(
			'not-found',
			`machine ${params.id}`,
			'没有这台设备,或不在您的管辖范围内。No such machine, or outside your area.',
		);
	const { state } = runtime.live;
	const device = machine.device && state.devices.get(machine.device.id);
	const file: MachineFile = {
		machine,
		siteName: state.byNo.get(machine.no)?.siteName ?? '',
		test: noteOf(
			machine.testedOn,
			nextTestOn(dayOf(machine.testedOn), machineRules.due),
			now,
			machineRules.due.test.source,
		),
		assessment: noteOf(machine.assessedUntil, dayOf(machine.assessedUntil), now, machine.age.limit?.source ?? ''),
		limits: device ? limitsInForce(device, runtime.live.rules()) : [],
		alarms: machine.device ? await alarmsOfYear(db, machine.device.id, new Date(now.getTime() - YEAR_MS)) : [],
		places: await placesOf(db, machine.id),
		neighbours: machine.kind === 'towerCrane' ? await neighboursOf(db, machine.id) : [],
	};
	return Response.json(file);
};

function dayOf(text: string | null): Date | null {
	return text === null ? null : new Date(`${text}T00:00:00Z`);
}

function noteOf(on: string | null, dueOn: Date | null, now: Date, source: string): DueNote {
	return {
		...dueState(dueOn, machineRules.due.soon, now),
		on,
		dueOn: dueOn?.toISOString().slice(0, 10) ?? null,
		source,
	};
}
