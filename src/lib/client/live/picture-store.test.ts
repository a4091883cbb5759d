import { describe, expect, test } from 'vitest';
import { levelCode, type Level } from '#lib/domain/level.ts';
import { NO_VALUE, OBJECT_KINDS, type PictureColumns } from '#lib/domain/picture/columns.ts';
import type { PictureDelta } from '#lib/domain/picture/delta.ts';
import type { PresenceRules } from '#lib/domain/known.ts';
import { PictureStore } from './picture-store.ts';

const START = Date.parse('2026-11-20T00:00:00Z');
const rule = (value: number) => ({ value, unit: '', source: 'test', confidence: 'assumed' as const });
const rules: PresenceRules = { lateAfter: rule(2), offlineAfter: rule(10) };

function picture(levels: Level[], ageS = 0): PictureColumns {
	const count = levels.length;
	return {
		count,
		cursor: 5,
		takenAt: START,
		no: Uint32Array.from(levels, (_, i) => i + 10),
		kind: new Uint8Array(count).fill(OBJECT_KINDS.indexOf('towerCrane')),
		level: Uint8Array.from(levels, levelCode),
		positions: Float64Array.from(levels.flatMap((_, i) => [120 + i / 100, 30])),
		slew: new Uint16Array(count).fill(NO_VALUE),
		load: new Uint16Array(count).fill(NO_VALUE),
		wind: new Uint16Array(count).fill(NO_VALUE),
		age: new Uint16Array(count).fill(ageS),
	};
}
const delta = (no: number[], level: Level, more: Partial<PictureDelta> = {}): PictureDelta => ({
	count: no.length,
	cursor: 6,
	takenAt: START + 1000,
	no: Uint32Array.from(no),
	level: new Uint8Array(no.length).fill(levelCode(level)),
	slew: new Uint16Array(no.length).fill(900),
	load: new Uint16Array(no.length).fill(500),
	wind: new Uint16Array(no.length).fill(80),
	age: new Uint16Array(no.length).fill(0),
	kind: new Uint8Array(0),
	positions: new Float64Array(0),
	...more,
});

describe('PictureStore', () => {
	test('a delta changes its own objects only, and says which rows', () => {
		const store = new PictureStore();
		store.replace(picture(['normal', 'normal', 'normal']));
		const { revision } = store;
		store.apply(delta([11], 'warning'));
		expect([10, 11, 12].map((no) => store.levelOf(no))).toEqual(['normal', 'warning', 'normal']);
		expect(store.changesSince(revision)).toEqual({ whole: false, rows: [Uint32Array.of(1)], moved: false });
	});

	test('objects the picture does not hold are counted, not drawn', () => {
		const store = new PictureStore();
		store.replace(picture(['normal']));
		expect(store.apply(delta([10, 99], 'notice'))).toBe(1);
		expect(store.levelOf(99)).toBe('unknown');
	});

	test('moves an object when the delta carries positions', () => {
		const store = new PictureStore();
		store.replace(picture(['normal', 'normal']));
		const { revision } = store;
		store.apply(delta([11], 'normal', { positions: Float64Array.of(120.5, 30.5) }));
		expect([...store.columns!.positions]).toEqual([120, 30, 120.5, 30.5]);
		expect(store.changesSince(revision)).toMatchObject({ moved: true });
	});

	test('every change is another columns object', () => {
		const store = new PictureStore();
		store.replace(picture(['normal']));
		const before = store.columns;
		store.apply(delta([10], 'danger'));
		expect(store.columns).not.toBe(before);
	});

	test('a reader that missed too much starts over', () => {
		const store = new PictureStore();
		store.replace(picture(['normal']));
		const { revision } = store;
		for (let i = 0; i < 100; i++) store.apply(delta([10], 'normal'));
		expect(store.changesSince(revision)).toEqual({ whole: true });
		expect(store.changesSince(store.revision)).toEqual({ whole: false, rows: [], moved: false });
	});

	test.each([
		['calm stays calm within its interval', 'normal', 30, 59, 'normal'],
		['exactly the allowed silence is still believed', 'normal', 30, 60, 'normal'],
		['calm turns to unknown past it', 'normal', 30, 61, 'unknown'],
		['danger turns to unknown too: nobody knows', 'danger', 30, 61, 'unknown'],
		['what is silent as planned stays off', 'off', 30, 3600, 'off'],
		['without an expected interval nothing is said about age', 'normal', 0, 3600, 'normal'],
	] as const)('%s', (_, level, intervalS, silentS, shown) => {
		const store = new PictureStore();
		store.setIntervals(new Map(intervalS ? [[10, intervalS]] : []));
		store.replace(picture([level]));
		store.sweep(START + silentS * 1000, rules);
		expect(store.levelOf(10)).toBe(shown);
	});

	test('an object that never reported is unknown, whatever the server said', () => {
		const store = new PictureStore();
		store.setIntervals(new Map([[10, 30]]));
		store.replace(picture(['normal'], NO_VALUE));
		store.sweep(START, rules);
		expect(store.levelOf(10)).toBe('unknown');
		expect(store.ageS(10, START)).toBeUndefined();
	});

	test('a fresh reading brings it back', () => {
		const store = new PictureStore();
		store.setIntervals(new Map([[10, 30]]));
		store.replace(picture(['normal']));
		store.sweep(START + 100_000, rules);
		store.apply(delta([10], 'normal', { takenAt: START + 101_000 }));
		store.sweep(START + 102_000, rules);
		expect(store.levelOf(10)).toBe('normal');
		expect(store.ageS(10, START + 102_000)).toBe(1);
	});

	test('knows the newest reading of all; a change without one does not make it newer', () => {
		const store = new PictureStore();
		expect(store.newestMs).toBeNaN();
		store.replace({ ...picture(['normal', 'normal', 'normal']), age: Uint16Array.of(30, NO_VALUE, 12) });
		expect(store.newestMs).toBe(START - 12_000);
		store.apply(delta([11], 'unknown', { age: Uint16Array.of(NO_VALUE), takenAt: START + 5000 }));
		store.apply(delta([10], 'unknown', { age: Uint16Array.of(40), takenAt: START + 10_000 }));
		expect(store.newestMs).toBe(START - 12_000);
		store.apply(delta([10], 'normal', { age: Uint16Array.of(1), takenAt: START + 11_000 }));
		expect(store.newestMs).toBe(START + 10_000);
	});

	test('ages grow with the clock, though nothing arrives', () => {
		const store = new PictureStore();
		store.replace(picture(['normal'], 3));
		store.sweep(START + 7000, rules);
		expect(store.columns!.age[0]).toBe(10);
	});
});
