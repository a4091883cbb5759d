// What the three ways of drawing are given: the same cranes at the same places, and the same changes.

import { LEVELS } from '#lib/domain/level.ts';
import { NO_VALUE, OBJECT_KINDS, type PictureColumns } from '#lib/domain/picture/columns.ts';
import { encodeDelta, type PictureDelta } from '#lib/domain/picture/delta.ts';
import { seeded } from '#lib/domain/random.ts';

export interface Scenario {
	objects: number;
	/** Objects that change with every update. */
	changing: number;
	/** Whether they change their place as well as their state. */
	isMoving: boolean;
}

export interface Change {
	delta: PictureDelta;
	/** As it comes from the server. */
	bytes: Uint8Array;
}

/** Different changes, taken in turn. */
const CHANGES = 8;

export function pictureOf({ objects }: Scenario): PictureColumns {
	const { next } = seeded(objects);
	const positions = new Float64Array(2 * objects);
	for (let i = 0; i < positions.length; i += 2) {
		positions[i] = 120.07 + next() * 0.58;
		positions[i + 1] = 29.85 + next() * 0.45;
	}
	return {
		count: objects,
		cursor: 1,
		takenAt: Date.now(),
		no: Uint32Array.from({ length: objects }, (_, i) => i + 1),
		kind: new Uint8Array(objects).fill(OBJECT_KINDS.indexOf('towerCrane')),
		level: Uint8Array.from({ length: objects }, () => Math.floor(next() * LEVELS.length)),
		positions,
		slew: Uint16Array.from({ length: objects }, () => Math.floor(next() * 3600)),
		load: new Uint16Array(objects).fill(NO_VALUE),
		wind: new Uint16Array(objects).fill(NO_VALUE),
		age: new Uint16Array(objects),
	};
}

export function changesOf(scenario: Scenario, { positions }: PictureColumns): Change[] {
	const { objects, changing, isMoving } = scenario;
	const { next } = seeded(objects + 1);
	return Array.from({ length: CHANGES }, (_, turn) => {
		const step = objects / changing;
		const no = Uint32Array.from({ length: changing }, (_, i) => Math.floor(i * step + (turn % step)) + 1);
		const moved = new Float64Array(2 * changing);
		for (let i = 0; i < changing; i++) {
			moved[2 * i] = positions[2 * (no[i]! - 1)]! + (next() - 0.5) * 1e-3;
			moved[2 * i + 1] = positions[2 * (no[i]! - 1) + 1]! + (next() - 0.5) * 1e-3;
		}
		const delta: PictureDelta = {
			count: changing,
			cursor: 1,
			takenAt: Date.now(),
			no,
			level: Uint8Array.from(no, () => Math.floor(next() * LEVELS.length)),
			slew: Uint16Array.from(no, () => Math.floor(next() * 3600)),
			load: new Uint16Array(changing).fill(500),
			wind: new Uint16Array(changing).fill(80),
			age: new Uint16Array(changing),
			kind: new Uint8Array(0),
			positions: isMoving ? moved : new Float64Array(0),
		};
		return { delta, bytes: encodeDelta(delta) };
	});
}
