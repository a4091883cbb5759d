// Readings of rain gauges, rivers and waterlogging points, and grids of radar or forecast, come in.

import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import { audit } from '../audit/audit.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents } from '../events/log.ts';
import { putGrid, putReadings, type RainGrid } from '../repositories/flood-water.ts';

export interface TakenReadings {
	accepted: number;
	rejected: { index: number; code: 'unknown-station' | 'future' | 'bad-value'; message: string }[];
	events: EventMessage[];
}

/** A gauge's clock may be ahead by this much. */
const AHEAD_MS = 10 * 60_000;
/** Rain in one period, stage, depth: beyond is a broken gauge. */
const MOST = { rain: 500, river: 100, waterlogging: 500 } as const;

/**
 * Each reading is taken or refused by itself. Acknowledged means stored.
 *
 * @param caller - `system`: a feed the program asks by itself
 */
export async function takeReadings(
	db: Db,
	caller: Caller | { system: string; now: Date },
	readings: readonly { station: string; at: string; value: number; periodS: number }[],
): Promise<TakenReadings> {
	if (!('system' in caller)) assertMay(caller);
	const { now } = caller;
	return transaction(db, async (tx) => {
		const rows = await tx.selectFrom('flood_station').select(['id', 'code', 'kind']).execute();
		const byCode = new Map(rows.map((row) => [row.code, row]));
		const taken: TakenReadings = { accepted: 0, rejected: [], events: [] };
		const put: Parameters<typeof putReadings>[1][number][] = [];
		readings.forEach(({ station: code, at, value, periodS }, index) => {
			const station = byCode.get(code);
			const moment = new Date(at);
			const refuse = (why: TakenReadings['rejected'][number]['code'], message: string) =>
				taken.rejected.push({ index, code: why, message });
			if (!station) refuse('unknown-station', `测站未登记 ${code} · station ${code} is not in the register`);
			else if (+moment > +now + AHEAD_MS) refuse('future', `观测时间在未来 ${at} · measured in the future`);
			else if ((station.kind !== 'river' && value < 0) || Math.abs(value) > MOST[station.kind])
				refuse('bad-value', `数值不可能 ${value} · a value that cannot be`);
			else if (station.kind === 'rain' && periodS <= 0)
				refuse('bad-value', '雨量须注明时段 periodS · rain needs the period it fell in (periodS)');
			else put.push({ stationId: station.id, at: moment, value, periodS: station.kind === 'rain' ? periodS : 0 });
		});
		await putReadings(tx, put, now);
		taken.accepted = put.length;
		if (put.length > 0)
			taken.events = await appendEvents(tx, [
				{ at: now, type: 'flood:water', subject: { kind: 'district', id: 'stations' }, data: { stations: put.length } },
			]);
		return taken;
	});
}

export async function takeGrid(
	db: Db,
	caller: Caller,
	grid: RainGrid,
): Promise<{ id: string; events: EventMessage[] }> {
	assertMay(caller);
	if (grid.mm.length !== grid.width * grid.height)
		throw new Fault(
			'bad-input',
			'grid',
			`格点数应为 ${grid.width}×${grid.height}，实有 ${grid.mm.length} · ${grid.width}×${grid.height} cells expected, got ${grid.mm.length}.`,
		);
	const [west, south, east, north] = grid.bounds;
	if (!(west < east && south < north && west >= -180 && east <= 180 && south >= -90 && north <= 90))
		throw new Fault(
			'bad-input',
			'grid',
			'范围须为西、南、东、北（度） · Bounds must be west, south, east, north in degrees.',
		);
	return transaction(db, async (tx) => {
		const id = await putGrid(tx, grid);
		const events = await appendEvents(tx, [
			{
				at: caller.now,
				type: 'flood:water',
				subject: { kind: 'district', id },
				data: { grids: 1, validAt: grid.validAt },
			},
		]);
		await audit(tx, {
			...signedBy(caller),
			action: 'flood:feed',
			object: `rain grid ${grid.product}`,
			detail: { validAt: grid.validAt, width: grid.width, height: grid.height },
			outcome: 'done',
		});
		return { id, events };
	});
}

function assertMay({ principal }: Caller): void {
	if (!authorize(principal, 'flood:feed').ok)
		throw new Fault('forbidden', 'water', '您的角色不能录入水雨情 · Your role may not bring in rain and water.');
}
