// A week of alarms that are over, invented with the demonstration district, so that the quality of the alarm system has
// something to be measured on: an everyday trickle, a sensor that chatters, a gale.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { seeded, type Random } from '#lib/domain/random.ts';
import { bornAlarm, type Who } from '#lib/domain/alarm/life.ts';
import type { AlarmRow } from '../alarms/alarm-row.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { putAlarms } from '../repositories/alarm.ts';
import { addSteps, type AlarmStep } from '../repositories/alarm-step.ts';
import { addIncident } from '../repositories/incident.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DAYS = 7;
const OFFICER: Who = { id: 'demo', name: '沈岚' };

interface Crane {
	device: string;
	site: string;
	no: number;
}

export async function loadDemoAlarms(db: Db, now: Date): Promise<void> {
	const { rows: cranes } = await sql<Crane>`
		select device.id as device, installation.site_id as site, installation.no
		from device
		join device_binding on device_binding.device_id = device.id and device_binding.bound_to is null
		join installation on installation.id = device_binding.installation_id
		where device.kind = 'craneMonitor' order by device.id`.execute(db);
	if (cranes.length === 0) return;
	const random = seeded('demo/alarms');
	const rows: AlarmRow[] = [];
	const steps: AlarmStep[] = [];
	const add = (crane: Crane, atMs: number, more: Partial<AlarmRow>): void => {
		const row = past(random, crane, atMs, more);
		rows.push(row);
		steps.push(...stepsOf(row));
	};
	const gale = { id: randomUUID(), kind: 'gale' as const, condition: 'wind', siteId: null, lastMs: 0 };
	const start = now.getTime() - DAYS * DAY_MS;
	for (let day = 0; day < DAYS; day++) {
		const from = start + day * DAY_MS;
		for (let i = 0; i < 46; i++)
			add(random.pick(cranes), from + random.between(0, DAY_MS - 30 * MINUTE_MS), everyday(random));
		// One box with a loose plug.
		for (let i = 0; i < 9; i++) add(cranes[7]!, from + (9 * 60 + i * 11) * MINUTE_MS, silence);
	}
	const windy = start + 4 * DAY_MS + 9.3 * 3_600_000;
	gale.lastMs = windy + 8 * MINUTE_MS;
	for (const crane of random.shuffled(cranes).slice(0, 143))
		add(crane, windy + random.between(0, 8 * MINUTE_MS), {
			...wind(random),
			incidentId: gale.id,
			incidentKind: 'gale',
		});

	await transaction(db, async (tx) => {
		await addIncident(tx, gale, new Date(windy));
		await putAlarms(tx, rows);
		await addSteps(
			tx,
			steps.sort((a, b) => a.at.getTime() - b.at.getTime()),
		);
	});
}

const silence: Partial<AlarmRow> = {
	...{ condition: 'offline', level: 'notice', value: 16, peak: 40, limit: 15, unit: 's', ruleKey: 'device.offline' },
};

function everyday(random: Random): Partial<AlarmRow> {
	const chance = random.between(0, 1);
	if (chance < 0.72) return silence;
	if (chance < 0.9) return wind(random);
	const peak = random.between(90, 107);
	const level = peak >= 100 ? 'danger' : 'warning';
	return {
		condition: 'moment',
		level,
		peak,
		value: 60,
		limit: level === 'danger' ? 100 : 90,
		unit: '%',
		ruleKey: 'towerCrane.moment',
	};
}

function wind(random: Random): Partial<AlarmRow> {
	const peak = random.between(10.9, 12.6);
	const level = peak >= 12 ? 'danger' : 'warning';
	return {
		condition: 'wind',
		level,
		peak,
		value: 8,
		limit: level === 'danger' ? 12 : 10.8,
		unit: 'm/s',
		ruleKey: 'towerCrane.wind',
	};
}

/** An alarm from beginning to end. */
function past(random: Random, crane: Crane, atMs: number, more: Partial<AlarmRow>): AlarmRow {
	const level = more.level ?? 'notice';
	const raisedAt = new Date(atMs);
	const clearedAt = new Date(atMs + random.between(2, 14) * MINUTE_MS);
	const isTaken = level !== 'notice' || random.chance(0.4);
	const acknowledgedAt = isTaken ? new Date(atMs + random.between(0.3, 6) * MINUTE_MS) : null;
	const closedAt = new Date(clearedAt.getTime() + 12 * MINUTE_MS);
	const isDanger = level === 'danger';
	const life = {
		...bornAlarm(level),
		...{ isActive: false, handling: 'closed' as const, acknowledgedBy: isTaken ? OFFICER : null },
		...{ acknowledgedLevel: isTaken ? level : null, verifiedBy: isDanger ? { id: 'demo-2', name: '楼建国' } : null },
	};
	return {
		...{ id: randomUUID(), deviceId: crane.device, condition: 'offline', origin: 'device', siteId: crane.site },
		...{ objectNo: crane.no, value: null, peak: null, limit: 0, unit: '', ruleKey: '', count: 1, revision: 4 },
		...{ raisedAt, lastAt: clearedAt, spokeAt: raisedAt, incidentId: null, incidentKind: null },
		...{ acknowledgedAt, verifiedAt: isDanger ? closedAt : null, closedAt, clearedAt },
		closedBy: isDanger ? OFFICER.name : 'system',
		...more,
		...{ level, life },
	};
}

function stepsOf({ id, level, raisedAt, acknowledgedAt, clearedAt, closedAt, verifiedAt }: AlarmRow): AlarmStep[] {
	const step = (move: string, at: Date | null, by: Who | null): AlarmStep[] =>
		at ? [{ alarmId: id, at, move, by, level, note: null }] : [];
	return [
		...step('raised', raisedAt, null),
		...step('acknowledge', acknowledgedAt, OFFICER),
		...step('cleared', clearedAt, null),
		...step('verify', verifiedAt, { id: 'demo-2', name: '楼建国' }),
		...step(verifiedAt ? 'close' : 'closed', closedAt, verifiedAt ? OFFICER : null),
	];
}
