import { describe, expect, test } from 'vitest';
import { levelCode } from '#lib/domain/level.ts';
import { aPicture } from './board-fixture.ts';
import { HIDDEN, MARK_BYTES } from './mark-bytes.ts';
import { MarkTables, TABLE_NAMES, type TableOptions } from './mark-table.ts';

const options: TableOptions = { datum: 'wgs84', isShown: null, radiusOf: (no) => no };

function arranged(picture = aPicture(), more: Partial<TableOptions> = {}): MarkTables {
	const steps = MarkTables.arrange(picture, { ...options, ...more });
	for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
const bytes = ({ tables }: MarkTables, name: keyof MarkTables['tables'], slot: number) => [
	...new Uint8Array(tables[name].marks.buffer, slot * MARK_BYTES, MARK_BYTES),
];

describe('MarkTables', () => {
	test('puts every object into the table of its layer', () => {
		const { tables } = arranged();
		expect([...tables.cranes.numbers]).toEqual([11, 13]);
		expect([...tables.hoists.numbers]).toEqual([12]);
		expect([...tables.sites.numbers]).toEqual([1, 2]);
		expect(tables.formwork.length).toBe(0);
	});

	test('keeps positions to the millimetre in two single-precision numbers', () => {
		const { high, low } = arranged().tables.cranes;
		expect(high[0]! + low[0]!).toBeCloseTo(120.2001, 9);
		expect(high[1]! + low[1]!).toBeCloseTo(30.1001, 9);
	});

	test('says level, kind and slew in four bytes', () => {
		expect(bytes(arranged(aPicture({ 11: 'danger' })), 'cranes', 0)).toEqual([
			levelCode('danger'),
			1,
			900 >> 8,
			900 & 255,
		]);
		expect(bytes(arranged(), 'hoists', 0).slice(2)).toEqual([255, 255]);
	});

	test('a change writes its own rows; tables it does not touch keep their data object', () => {
		const picture = aPicture();
		const tables = arranged(picture);
		const { hoists, cranes } = tables.tables;
		const before = { hoists: hoists.data, cranes: cranes.data };
		picture.level[1] = levelCode('warning');
		tables.update({ whole: false, rows: [Uint32Array.of(1)], moved: false });
		expect(bytes(tables, 'cranes', 0)[0]).toBe(levelCode('warning'));
		expect(cranes.data).not.toBe(before.cranes);
		expect(cranes.data.attributes['getPosition']).toBe(before.cranes.attributes['getPosition']);
		expect(hoists.data).toBe(before.hoists);
	});

	test('a row that looks as before sends nothing to the graphics card', () => {
		const tables = arranged();
		const { data } = tables.tables.cranes;
		tables.update({ whole: false, rows: [Uint32Array.of(1)], moved: false });
		expect(tables.tables.cranes.data).toBe(data);
	});

	test('a move sends positions', () => {
		const picture = aPicture();
		const tables = arranged(picture);
		const before = tables.tables.cranes.data;
		picture.positions[2] = 120.3;
		tables.update({ whole: false, rows: [Uint32Array.of(1)], moved: true });
		expect(tables.tables.cranes.data.attributes['getPosition']).not.toBe(before.attributes['getPosition']);
		expect(tables.tables.cranes.high[0]).toBeCloseTo(120.3, 5);
	});

	test('a jib that turned travels to its reading; hoists have none', () => {
		const picture = aPicture();
		const tables = arranged(picture);
		const { cranes, hoists } = tables.tables;
		const turn = (tenths: number, nowMs: number) => {
			picture.slew[1] = tenths;
			tables.update({ whole: false, rows: [Uint32Array.of(1)], moved: false }, nowMs);
		};
		turn(1000, 10_000);
		turn(1100, 20_000);
		turn(1200, 30_000);
		expect([30_000, 33_750, 37_500].map((now) => cranes.turns!.shown(0, 1200, now))).toEqual([1100, 1150, 1200]);
		expect(hoists.turns).toBeNull();
	});

	test('outlines and clusters are told of a site, not of a crane', () => {
		const picture = aPicture();
		const tables = arranged(picture);
		const { levels } = tables;
		picture.level[1] = levelCode('warning');
		tables.update({ whole: false, rows: [Uint32Array.of(1)], moved: false });
		expect(tables.levels).toBe(levels);
		picture.level[0] = levelCode('warning');
		tables.update({ whole: false, rows: [Uint32Array.of(0)], moved: false });
		expect(tables.levels).not.toBe(levels);
	});

	test('what the filters leave out is hidden, and comes back', () => {
		const tables = arranged(aPicture(), { isShown: (no) => no !== 13 });
		expect(bytes(tables, 'cranes', 1)[0]! & HIDDEN).toBe(HIDDEN);
		tables.refilter(options);
		expect(bytes(tables, 'cranes', 1)[0]! & HIDDEN).toBe(0);
	});

	test('on a GCJ-02 base map points move by some hundred metres, stored positions do not', () => {
		const picture = aPicture();
		const { high } = arranged(picture, { datum: 'gcj02' }).tables.cranes;
		expect(Math.abs(high[0]! - 120.2001) * 96_000).toBeGreaterThan(300);
		expect(picture.positions[2]).toBe(120.2001);
	});

	test('a large picture is arranged in slices', () => {
		const small = aPicture();
		const count = 50_000;
		const steps = MarkTables.arrange(
			{
				...small,
				count,
				no: Uint32Array.from({ length: count }, (_, i) => i),
				kind: new Uint8Array(count).fill(1),
				level: new Uint8Array(count),
				positions: new Float64Array(2 * count),
				slew: new Uint16Array(count),
			},
			options,
		);
		let pauses = 0;
		while (!steps.next().done) pauses++;
		// After each table that was made, and after each twenty thousand rows.
		expect(pauses).toBe(TABLE_NAMES.length + 2);
	});
});
