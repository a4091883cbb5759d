// What a changed rule would have raised beside what today's rule raised, on the same stored readings: per day, per
// device, and which alarms would be new or gone.

import type { AlarmLevel } from './condition.ts';
import type { Occurrence } from './replay.ts';

export interface Tally {
	total: number;
	byLevel: Record<AlarmLevel, number>;
}

export interface BackTest {
	/** Milliseconds since 1970. */
	fromMs: number;
	untilMs: number;
	/** Days that held at least one reading of the devices. */
	daysCovered: number;
	readings: number;
	/** Devices the rule is for, and those of them with readings. */
	devices: number;
	devicesHeard: number;
	today: Tally;
	proposed: Tally;
	/** One per Shanghai day, also those without an alarm. */
	byDay: { day: string; today: number; proposed: number; isCovered: boolean }[];
	/** Those with most alarms under either rule. */
	topDevices: { id: string; today: number; proposed: number }[];
	/** Alarms of the new rule that overlap none of today's, and the other way round. */
	appeared: number;
	vanished: number;
	/** It was stopped before the end by its deadline: what is told holds until `untilMs`. */
	isCutShort: boolean;
}

const DAY_MS = 86_400_000;
const SHANGHAI_AHEAD_MS = 8 * 3_600_000;
const TOP = 12;

export function shanghaiDayOf(atMs: number): string {
	return new Date(atMs + SHANGHAI_AHEAD_MS).toISOString().slice(0, 10);
}

export function compare(
	today: readonly Occurrence[],
	proposed: readonly Occurrence[],
	span: Pick<BackTest, 'fromMs' | 'untilMs' | 'readings' | 'devices' | 'devicesHeard' | 'isCutShort'> & {
		/** Shanghai days with readings. */
		covered: ReadonlySet<string>;
	},
): BackTest {
	const { covered, ...rest } = span;
	const days = new Map<string, { today: number; proposed: number }>();
	for (let atMs = span.fromMs; atMs < span.untilMs + DAY_MS; atMs += DAY_MS) {
		const day = shanghaiDayOf(atMs);
		if (day <= shanghaiDayOf(span.untilMs)) days.set(day, { today: 0, proposed: 0 });
	}
	const devices = new Map<string, { today: number; proposed: number }>();
	const count = (which: 'today' | 'proposed', { id, raisedMs }: Occurrence) => {
		const day = days.get(shanghaiDayOf(raisedMs));
		if (day) day[which]++;
		const device = devices.get(id) ?? { today: 0, proposed: 0 };
		device[which]++;
		devices.set(id, device);
	};
	for (const occurrence of today) count('today', occurrence);
	for (const occurrence of proposed) count('proposed', occurrence);
	return {
		...rest,
		daysCovered: covered.size,
		today: tally(today),
		proposed: tally(proposed),
		byDay: [...days].map(([day, counts]) => ({ day, ...counts, isCovered: covered.has(day) })),
		topDevices: [...devices]
			.map(([id, counts]) => ({ id, ...counts }))
			.sort((a, b) => Math.max(b.today, b.proposed) - Math.max(a.today, a.proposed) || (a.id < b.id ? -1 : 1))
			.slice(0, TOP),
		appeared: without(proposed, today),
		vanished: without(today, proposed),
	};
}

function tally(occurrences: readonly Occurrence[]): Tally {
	const byLevel = { notice: 0, warning: 0, danger: 0 };
	for (const { level } of occurrences) byLevel[level]++;
	return { total: occurrences.length, byLevel };
}

/** How many of some occurrences overlap none of others of the same device. */
function without(some: readonly Occurrence[], others: readonly Occurrence[]): number {
	const byDevice = new Map<string, Occurrence[]>();
	for (const other of others) byDevice.set(other.id, [...(byDevice.get(other.id) ?? []), other]);
	const overlaps = (a: Occurrence, b: Occurrence) =>
		a.raisedMs <= (b.clearedMs ?? Infinity) && b.raisedMs <= (a.clearedMs ?? Infinity);
	return some.filter((one) => !byDevice.get(one.id)?.some((other) => overlaps(one, other))).length;
}
