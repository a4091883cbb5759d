// Everything about one machine at its site, for its sheet: papers, age grade, last reading, last hour, alarms.

import { sql } from 'kysely';
import { machineRules } from '#db/rules/machine.ts';
import type { AlarmNote, CurvePoint, MachineDossier } from '#lib/contract/dossier.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { gradeByAge, limitFor, yearsOfUse, type AgedMachine } from '#lib/domain/machine/age-grade.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';
import { sourceNote, valuesOf } from '../db/dossier-parts.ts';

const ALARMS = 10;
/** Seconds of one point of the curve. */
const STEP_S = 30;
const HOUR_S = 3600;

/**
 * @param id - of the installation
 * @param now - the moment its age is judged and its last hour ends
 * @returns undefined when there is no such machine, or none in scope
 */
export async function machineDossier(db: Db, scope: Scope, id: string, now: Date): Promise<MachineDossier | undefined> {
	const row = await db
		.selectFrom('installation')
		.innerJoin('machine', 'machine.id', 'installation.machine_id')
		.innerJoin('site', 'site.id', 'installation.site_id')
		.innerJoin('source', 'source.id', 'installation.source_id')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.leftJoin('firm', 'firm.id', 'machine.equipment_owner_id')
		.leftJoin('device_binding', (join) =>
			join.onRef('device_binding.installation_id', '=', 'installation.id').on('device_binding.bound_to', 'is', null),
		)
		.leftJoin('device', 'device.id', 'device_binding.device_id')
		.select([
			'installation.no',
			'installation.id',
			'installation.site_id',
			'installation.site_no',
			'installation.use_registration_no',
			'installation.jib_radius_m',
			'installation.counter_jib_m',
			'installation.height_m',
			'installation.installed_on',
			'installation.removed_on',
			'machine.kind',
			'machine.property_record_no',
			'machine.factory_no',
			'machine.manufacturer',
			'machine.model',
			'machine.rated_moment_knm',
			'machine.manufactured_on',
			'machine.tested_on',
			'machine.assessed_until',
			'firm.name as equipment_owner',
			'device.id as device_id',
			'device.no as device_no',
			'device.vendor',
			'device.expected_interval_s',
			'source.kind as source_kind',
			'source.name as source_name',
			'source.created_at as source_at',
		])
		.where('installation.id', '=', id)
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.executeTakeFirst();
	if (!row) return undefined;

	return {
		no: row.no,
		id: row.id,
		siteId: row.site_id,
		kind: row.kind,
		siteNo: row.site_no,
		propertyRecordNo: row.property_record_no,
		useRegistrationNo: row.use_registration_no,
		factoryNo: row.factory_no,
		manufacturer: row.manufacturer,
		model: row.model,
		ratedMomentKnm: row.rated_moment_knm,
		manufacturedOn: row.manufactured_on,
		testedOn: row.tested_on,
		assessedUntil: row.assessed_until,
		equipmentOwner: row.equipment_owner,
		installedOn: row.installed_on,
		removedOn: row.removed_on,
		jibRadiusM: row.jib_radius_m,
		counterJibM: row.counter_jib_m,
		heightM: row.height_m,
		age: ageOf(row, now),
		device:
			row.device_id === null
				? null
				: { id: row.device_id, vendor: row.vendor, expectedIntervalS: row.expected_interval_s! },
		latest: row.device_no === null ? null : await latestReading(db, row.device_no, now),
		lastHour: row.device_no === null ? {} : await lastHour(db, row.device_no, now),
		alarms: row.device_id === null ? [] : await alarmsOf(db, row.device_id),
		source: sourceNote(row.source_kind, row.source_name, row.source_at),
	};
}

interface Aged {
	kind: MachineDossier['kind'];
	rated_moment_knm: number | null;
	manufactured_on: string | null;
	assessed_until: string | null;
}

/** Kinds without a limit, and a factory date that lies ahead, cannot be graded. */
function ageOf(row: Aged, on: Date): MachineDossier['age'] {
	const day = (text: string | null) => (text === null ? undefined : new Date(`${text}T00:00:00Z`));
	const made = day(row.manufactured_on);
	const years = made && made <= on ? yearsOfUse(made, on) : null;
	if (row.kind !== 'towerCrane' && row.kind !== 'hoist') return { grade: 'unknown', years, limit: null };

	const machine: AgedMachine = {
		kind: row.kind,
		ratedMomentKnm: row.rated_moment_knm ?? undefined,
		manufacturedOn: made,
		assessedUntil: day(row.assessed_until),
	};
	const limit = limitFor(machine, machineRules.age);
	return {
		grade: years === null ? 'unknown' : gradeByAge(machine, machineRules.age, on),
		years,
		limit: limit ? { years: limit.value, source: limit.source } : null,
	};
}

/** The newest reading of a device; a clock that was ahead does not count. */
export async function latestReading(db: Db, deviceNo: number, now: Date): Promise<MachineDossier['latest']> {
	const reading = await db
		.selectFrom('reading')
		.select(['observed_at', 'values'])
		.where('device_no', '=', deviceNo)
		.where('observed_at', '<=', now)
		.orderBy('observed_at', 'desc')
		.orderBy('seq', 'desc')
		.limit(1)
		.executeTakeFirst();
	return reading ? { observedAt: reading.observed_at.toISOString(), values: valuesOf(reading.values) } : null;
}

/** The largest value of every half minute, by quantity; half minutes without a reading stay open as null. */
async function lastHour(db: Db, deviceNo: number, now: Date): Promise<MachineDossier['lastHour']> {
	const since = new Date(now.getTime() - HOUR_S * 1000);
	const { rows } = await sql<{ quantity: string; step: number; value: number }>`
		select each.key as quantity,
			floor(extract(epoch from observed_at) / ${STEP_S}::float8)::integer as step,
			max((each.value)::float8) as value
		from reading, lateral jsonb_each(reading.values) as each
		where device_no = ${deviceNo} and observed_at > ${since} and observed_at <= ${now}
			and jsonb_typeof(each.value) = 'number'
		group by 1, 2
		order by 1, 2`.execute(db);

	const lastStep = Math.floor(now.getTime() / 1000 / STEP_S);
	const firstStep = lastStep - HOUR_S / STEP_S + 1;
	const curves: Record<string, CurvePoint[]> = {};
	for (const { quantity, step, value } of rows) {
		curves[quantity] ??= Array.from({ length: HOUR_S / STEP_S }, (_, i) => ({
			at: new Date((firstStep + i) * STEP_S * 1000).toISOString(),
			value: null,
		}));
		const point = curves[quantity][step - firstStep];
		if (point) point.value = value;
	}
	return curves;
}

async function alarmsOf(db: Db, deviceId: string): Promise<AlarmNote[]> {
	const alarms = await db
		.selectFrom('alarm')
		.select([
			'id',
			'condition',
			'level',
			'peak',
			'limit_value',
			'unit',
			'count',
			'raised_at',
			'cleared_at',
			'acknowledged_at',
		])
		.where('device_id', '=', deviceId)
		.orderBy('raised_at', 'desc')
		.limit(ALARMS)
		.execute();
	return alarms.map(({ limit_value, raised_at, cleared_at, acknowledged_at, ...alarm }) => ({
		...alarm,
		limit: limit_value,
		raisedAt: raised_at.toISOString(),
		clearedAt: cleared_at?.toISOString() ?? null,
		acknowledgedAt: acknowledged_at?.toISOString() ?? null,
	}));
}
