import { afterEach, expect, test, vi } from 'vitest';
import { levelCode } from '#lib/domain/level.ts';
import { NO_VALUE, OBJECT_KINDS, type PictureColumns } from '#lib/domain/picture/columns.ts';
import { indexPicture } from '../live/picture-index.ts';
import { LiveBoard } from '../live.svelte.ts';
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

const REGISTER = {
	board: () => Promise.resolve(null),
	standingAlarms: () => Promise.resolve([]),
	hotWork: () => Promise.resolve([]),
};
const NORMAL = levelCode('normal');
const DANGER = levelCode('danger');

/** A page whose frames are painted when the test says so, and its tables. */
function page() {
	let paint = () => {};
	vi.stubGlobal('requestAnimationFrame', (callback: () => void) => ((paint = callback), 1));
	const live = new LiveBoard(REGISTER);
	let ready = () => {};
	const options = { datum: 'wgs84', isShown: null, radiusOf: () => 50 } as const;
	const keeper = new TableKeeper(options, () => ready());
	return {
		live,
		keeper,
		paint: () => paint(),
		show: (count: number) => {
			const picture = cranes(count);
			live.takePicture({ kind: 'picture', picture, index: indexPicture(picture) });
		},
		/** The server says that some cranes are in danger. */
		endanger: (...no: number[]) => {
			const { level, slew, load, wind, age, takenAt } = cranes(no.length);
			const count = no.length;
			const delta = {
				...{ count, cursor: 2, takenAt, no: Uint32Array.from(no), level: level.fill(DANGER) },
				...{ slew, load, wind, age, kind: new Uint8Array(0), positions: new Float64Array(0) },
			};
			live.takePicture({ kind: 'state', delta });
		},
		arranged: () => new Promise<void>((resolve) => (ready = resolve)),
		levels: (...no: number[]) => no.map((each) => keeper.tables!.tables.cranes.marks[each - 1]! & 0xff),
	};
}

afterEach(() => vi.unstubAllGlobals());

test('what changes while a larger picture is being arranged waits for it', async () => {
	const { live, keeper, show, endanger, arranged, levels } = page();
	const first = arranged();
	show(2);
	keeper.sync(live);
	await first;

	const many = 600_000;
	const second = arranged();
	show(many);
	keeper.sync(live);
	endanger(many);
	keeper.sync(live);
	await second;
	keeper.sync(live);

	expect(keeper.tables!.tables.cranes.length).toBe(many);
	expect(levels(many - 1, many)).toEqual([NORMAL, DANGER]);
});

test('a page that has not painted the new picture yet writes no change of it into the tables of the old one', async () => {
	const { live, keeper, show, endanger, paint, levels } = page();
	show(2);
	paint();
	keeper.sync(live);
	await Promise.resolve();

	show(5);
	keeper.sync(live);
	endanger(5);
	keeper.sync(live);
	paint();
	keeper.sync(live);

	expect(keeper.tables!.tables.cranes.length).toBe(5);
	expect(levels(1, 2, 5)).toEqual([NORMAL, NORMAL, DANGER]);
});

test('filters chosen while a picture is being arranged hold for it', async () => {
	const { live, keeper, show, arranged } = page();
	const ready = arranged();
	show(600_000);
	keeper.sync(live);
	keeper.configure({ datum: 'wgs84', isShown: (no) => no > 2, radiusOf: () => 70 });
	await ready;

	const { marks, radius } = keeper.tables!.tables.cranes;
	const isHidden = (slot: number) => marks[slot] !== marks[599_999];
	expect([isHidden(0), isHidden(1), isHidden(2)]).toEqual([true, true, false]);
	expect(radius[0]).toBe(70);
});
