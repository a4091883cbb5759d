// Carries a device's level up: to its object, the pit it stands in, the site.

import { groupLevel } from '#lib/domain/alarm/device-level.ts';
import type { Level } from '#lib/domain/level.ts';
import type { LiveObject } from './live-device.ts';
import type { LiveState } from './live-state.ts';

export interface LevelChange {
	object: LiveObject;
	from: Level;
	to: Level;
}

/** Works out the level of an object from its devices and from what it holds. @returns whether it changed */
export function settleObject(state: LiveState, object: LiveObject): LevelChange | undefined {
	const levels: Level[] = [];
	for (const { level } of object.devices) if (level) levels.push(level);
	for (const { watched } of object.holds) if (watched) levels.push(watched);
	const to = groupLevel(levels, object.isPlanned);
	object.watched = levels.length > 0 ? to : null;
	const from = state.levelOf(object);
	return state.setLevel(object, to) ? { object, from, to } : undefined;
}

/** The same for an object and all that hold it, after one of its devices changed. */
export function raiseLevels(state: LiveState, from: LiveObject): LevelChange[] {
	const changes: LevelChange[] = [];
	for (let object: LiveObject | null = from; object; object = object.holder) {
		const change = settleObject(state, object);
		if (change) changes.push(change);
	}
	return changes;
}

/** The same for everything: what is held before what holds it, so that nothing changes twice. */
export function settleAll(state: LiveState): LevelChange[] {
	const depth = ({ kind }: LiveObject) => (kind === 'site' ? 2 : kind === 'pit' ? 1 : 0);
	const inOrder = [...state.objects].sort((a, b) => depth(a) - depth(b));
	return inOrder.flatMap((object) => settleObject(state, object) ?? []);
}
