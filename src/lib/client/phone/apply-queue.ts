// The day as it is with everything that was done on this phone and has not reached the server yet. What the server has
// merged or refused is its own word: the next package says how it stands.

import { withAnswer } from '#lib/domain/field/route-change.ts';
import { shanghaiDay } from '#lib/domain/day.ts';
import type { DayPackage, FieldDay, FieldHazard, FieldItem, FieldStop } from '#lib/contract/field.ts';

export function applyQueue(pack: DayPackage, waiting: readonly FieldItem[]): DayPackage {
	return waiting.length === 0
		? pack
		: { ...pack, days: pack.days.map((day) => dayWith(day, waiting, pack.officer.name)) };
}

function dayWith(day: FieldDay, items: readonly FieldItem[], officer: string): FieldDay {
	let next = day;
	for (const item of items) {
		if ('planId' in item) {
			if (item.planId !== day.planId) continue;
			if (item.kind === 'depart') next = { ...next, departedAt: next.departedAt ?? item.at };
			else if (item.kind === 'return') next = { ...next, returnedAt: item.at, minutes: item.minutes };
			else if (next.change) {
				const { accepted, reason, changeAt = next.change.at } = item;
				next = { ...next, change: withAnswer(next.change, changeAt, { accepted, reason, by: officer }) };
			}
		} else if ('stopId' in item) {
			const stops = next.stops.map((stop) => (stop.id === item.stopId ? stopWith(stop, item, officer) : stop));
			next = { ...next, stops };
		}
	}
	return next;
}

function stopWith(stop: FieldStop, item: Extract<FieldItem, { stopId: string }>, officer: string): FieldStop {
	switch (item.kind) {
		case 'arrive':
			return stop.state === 'planned' ? { ...stop, state: 'arrived', arrivedAt: item.at, recordedBy: officer } : stop;
		case 'leave':
			return { ...stop, state: 'done', leftAt: item.at, result: item.result };
		case 'skip':
			return stop.state === 'done' ? stop : { ...stop, state: 'skipped', skipReason: item.reason };
		case 'confirm':
			return { ...stop, confirmedBy: stop.confirmedBy ?? officer };
		case 'finding':
			return { ...stop, findings: stop.findings + 1, hazards: [...stop.hazards, hazardOf(stop, item)] };
		case 'recheck':
			return {
				...stop,
				hazards: rechecked(stop.hazards, item),
				...(stop.lookBack && { lookBack: rechecked(stop.lookBack, item) }),
			};
	}
}

const rechecked = <H extends { id: string }>(
	hazards: readonly H[],
	{ hazardId, isRectified }: Extract<FieldItem, { kind: 'recheck' }>,
): H[] => hazards.map((hazard) => (hazard.id === hazardId ? { ...hazard, isRectified } : hazard));

/** What was found stands among what is open at once, not only when it has been sent. */
function hazardOf(stop: FieldStop, item: Extract<FieldItem, { kind: 'finding' }>): FieldHazard {
	const { hazardId, category, description, isMajor, dueOn } = item;
	return {
		...{ id: hazardId, category, description, isMajor, dueOn, foundOn: shanghaiDay(new Date(item.at)) },
		...{ isRectified: false, photos: [], foundAtStop: stop.id },
	};
}

/** The stop that comes next; undefined when the day is done. */
export function nextStop(day: FieldDay): FieldStop | undefined {
	return day.stops.find(({ state }) => state === 'arrived') ?? day.stops.find(({ state }) => state === 'planned');
}
