import { expect, test } from 'vitest';
import { levelCode } from '#lib/domain/level.ts';
import { NO_VALUE, OBJECT_KINDS, type PictureColumns } from '#lib/domain/picture/columns.ts';
import { PictureStore } from '../live/picture-store.ts';
import { TableKeeper } from './table-keeper.ts';

function cranes(count: number): PictureColumns {
	return {
		...{ count, cursor: 1, takenAt: Date.parse('2026-11-20T00:00:00Z') },
		no: Uint32Array.from({ length: count }, (_, i) => i + 1),
		kind: new Uint8Array(count).fill(OBJECT_KINDS.indexOf('towerCrane')),
		level: new Uint8Array(count).fill(levelCode('normal')),
		positions: new Float64Array(count * 2).fill(30),
		slew: new Uint16Array(count).fill(900),
		load: new Uint16Array(count).fill(NO_VALUE),
		wind: new Uint16Array(count).fill(NO_VALUE),
		age: new Uint16Array(count).fill(0),
	};
}

test('what changes while a larger picture is being arranged waits for it', async () => {
	const store = new PictureStore();
	let ready = () => {};
	const arranged = () => new Promise<void>((resolve) => (ready = resolve));
	const keeper = new TableKeeper({ datum: 'wgs84', isShown: null, radiusOf: () => 50 }, () => ready());
	const first = arranged();
	store.replace(cranes(2));
	keeper.sync(store);
	await first;

	const many = 600_000;
	const second = arranged();
	store.replace(cranes(many));
	keeper.sync(store);
	store.setLevel(many, 'danger');
	keeper.sync(store);
	await second;
	keeper.sync(store);

	const { marks, length } = keeper.tables!.tables.cranes;
	expect(length).toBe(many);
	expect([marks[many - 2]! & 0xff, marks[many - 1]! & 0xff]).toEqual([levelCode('normal'), levelCode('danger')]);
});
