// The layers themselves, without a graphics card: which are there at which distance, and what they say of the data.

import type { Layer, LayersList } from '@deck.gl/core';
import { describe, expect, test } from 'vitest';
import { LEVELS, type Level } from '#lib/domain/level.ts';
import type { AlarmMessage } from '#lib/contract/events.ts';
import type { HotWorkPin } from '#lib/contract/hot-work.ts';
import type { ConnectionState } from '../live.svelte.ts';
import { BoardIndex } from '../live/board-index.ts';
import { PictureStore } from '../live/picture-store.ts';
import { LEVEL_COLOURS } from '../ui/palette.ts';
import { DEFAULT_LAYERS, NO_FILTERS, type Filters, type LayerKey, type SelectionKey } from '../view-url.ts';
import { aBoard, aPicture } from './board-fixture.ts';
import { Conductor, type ConductorInput } from './conductor.ts';
import { paletteOf } from './map-palette.ts';

interface Setting {
	zoom?: number;
	levels?: Record<number, Level>;
	layers?: readonly LayerKey[];
	filters?: Partial<Filters>;
	selection?: SelectionKey | null;
	alarms?: AlarmMessage[];
	hotWork?: HotWorkPin[];
	connection?: ConnectionState;
}

const board = aBoard();
const index = new BoardIndex(board);
const palette = paletteOf('dark', () => '');
const words = { siteSign: () => '主', pitDepth: () => '12 m', insufficient: '样本不足', hotWorkSign: '焊' };

async function stageOf(setting: Setting = {}) {
	const store = new PictureStore();
	store.replace(aPicture(setting.levels));
	const live: ConductorInput['live'] = {
		...{ board, index, alarms: new Map(setting.alarms?.map((alarm) => [alarm.id, alarm])) },
		hotWork: new Map(setting.hotWork?.map((pin) => [pin.deviceId, pin])),
		connection: setting.connection ?? 'live',
		latest: store.columns,
		revision: store.revision,
		changesSince: (revision) => store.changesSince(revision),
		levelOf: (no) => store.levelOf(no),
	};
	const view: ConductorInput['view'] = {
		layers: new Set(setting.layers ?? DEFAULT_LAYERS),
		filters: { ...NO_FILTERS, ...setting.filters },
		selection: setting.selection ?? null,
		risk: 'perSite',
	};
	const input: ConductorInput = {
		...{
			live,
			view,
			hovered: null,
			zoom: setting.zoom ?? 16,
			lit: true,
			labels: [],
			measure: null,
			sketch: [],
			preview: null,
			flood: null,
		},
		...{ palette, datum: 'wgs84', scale: 1, words, isStill: false, hasDonuts: true },
	};
	const conductor = new Conductor(() => {});
	conductor.compose(input);
	await new Promise((resolve) => setTimeout(resolve));
	const compose = (more: Partial<ConductorInput> = {}) => flat(conductor.compose({ ...input, ...more }));
	return { compose, conductor, store, input };
}

function flat(layers: LayersList): Layer[] {
	return layers.flatMap((layer) => (Array.isArray(layer) ? flat(layer) : layer ? [layer as Layer] : []));
}
const ids = (layers: Layer[]) => layers.map(({ id }) => id);
const named = (layers: Layer[], id: string) => {
	const found = layers.find((layer) => layer.id === id);
	if (!found) throw new Error(`No layer ${id} among ${ids(layers).join(', ')}`);
	// deck.gl's layers know their own props; here every one is looked at as a bag of them.
	return found.props as unknown as Record<string, never> & { data: { length: number } };
};

describe('what is drawn at which distance', () => {
	test.each([
		['far: clusters, no objects', 10, ['cluster-donut', 'cluster-count'], ['crane-mark', 'site-mark', 'pit-line']],
		['middle: symbols of sites, no clusters', 13, ['site-mark'], ['cluster-donut', 'crane-reach', 'pit-line']],
		['nearer: outlines and machines', 14, ['site-line', 'crane-mark'], ['cluster-donut', 'crane-reach']],
		['near: the objects themselves', 15, ['crane-reach', 'pit-line', 'pit-unknown', 'point-mark'], ['cluster-donut']],
	] as const)('%s', async (_, zoom, there, absent) => {
		const drawn = ids((await stageOf({ zoom })).compose());
		for (const id of there) expect(drawn).toContain(id);
		for (const id of absent) expect(drawn).not.toContain(id);
	});

	test('donuts step back where a page puts its own pins for the sites', async () => {
		const { compose } = await stageOf({ zoom: 10 });
		expect(named(compose(), 'cluster-donut').data.length).toBeGreaterThan(0);
		expect(named(compose({ hasDonuts: false }), 'cluster-donut').data.length).toBe(0);
	});

	test('a layer that is switched off is not drawn', async () => {
		const drawn = ids((await stageOf({ layers: ['sites'] })).compose());
		expect(drawn).toContain('site-mark');
		expect(drawn.filter((id) => /crane|pit|hoist|alarm|town/.test(id))).toEqual([]);
	});
});

describe('what the layers say', () => {
	test('an object of which nothing is known is never drawn in the colour of calm', async () => {
		const layers = (await stageOf({ levels: { 21: 'unknown' } })).compose();
		const hatched = named(layers, 'pit-unknown') as unknown as { data: unknown[]; extensions: unknown[] };
		expect(hatched.data).toHaveLength(1);
		expect(hatched.extensions).toHaveLength(1);
		expect((named(layers, 'pit-ground') as unknown as { data: unknown[] }).data).toHaveLength(0);
	});

	test.each(LEVELS)('the outline of a pit has the colour of its level (%s)', async (level) => {
		const { data, getColor } = named((await stageOf({ levels: { 21: level } })).compose(), 'pit-line') as unknown as {
			data: unknown[];
			getColor: (outline: unknown) => number[];
		};
		expect(getColor(data[0]).slice(0, 3)).toEqual([...LEVEL_COLOURS.dark[level]]);
	});

	test('an alarm nobody has acknowledged blinks, an acknowledged one does not', async () => {
		const alarm = (acknowledgedAt: string | null) =>
			({ id: 'a', level: 'danger', objectNo: 11, at: null, acknowledgedAt }) as unknown as AlarmMessage;
		const strength = async (acknowledgedAt: string | null, lit: boolean) => {
			const layers = (await stageOf({ alarms: [alarm(acknowledgedAt)] })).compose({ lit });
			const { data, getLineColor } = named(layers, 'alarm-ring') as unknown as {
				data: unknown[];
				getLineColor: (placed: unknown) => number[];
			};
			return getLineColor(data[0])[3];
		};
		expect(await strength(null, true)).toBeGreaterThan((await strength(null, false))!);
		expect(await strength('2026-11-20T00:00:00Z', true)).toBe(await strength('2026-11-20T00:00:00Z', false));
	});

	test('an alarm without a position of its own stands at its object', async () => {
		const alarm = { id: 'a', level: 'danger', objectNo: 13, at: null, acknowledgedAt: null } as unknown as AlarmMessage;
		const { data } = named((await stageOf({ alarms: [alarm] })).compose(), 'alarm-ring') as unknown as {
			data: { at: number[] }[];
		};
		expect(data[0]!.at).toEqual([120.4, 30.2]);
	});

	describe('hot work', () => {
		const { id, name } = board.sites.features[0]!.properties;
		const pin = (deviceId: string, state: HotWorkPin['state']): HotWorkPin => ({
			...{ deviceId, siteId: id, siteName: name, at: [120.25, 30.15], isPlaced: true, state },
			...{ since: '2026-11-20T08:00:00Z', saidAt: '2026-11-20T08:00:00Z' },
		});
		interface Tags {
			data: unknown[];
			getText: (placed: unknown) => string;
			getBackgroundColor: (placed: unknown) => number[];
		}
		const tagsOf = async (setting: Setting) =>
			named((await stageOf(setting)).compose(), 'hot-work-tag') as unknown as Tags;
		const hotWork = [pin('HJ-1', 'welding'), pin('HJ-2', 'unknown')];

		test('that fell silent is hollow and has a question mark; no pin has the colour of calm', async () => {
			const { data, getText, getBackgroundColor } = await tagsOf({ hotWork });
			expect(data.map(getText)).toEqual(['焊', '焊?']);
			expect(getBackgroundColor(data[1]).slice(0, 3)).toEqual(palette.groundBytes);
			for (const one of data) expect(getBackgroundColor(one).slice(0, 3)).not.toEqual(palette.levelBytes.normal);
		});
		test('is not known while the line to the server is cut', async () => {
			const { data, getText } = await tagsOf({ hotWork, connection: 'lost' });
			expect(data.map(getText)).toEqual(['焊?', '焊?']);
		});
		test('is not drawn when its layer is switched off, nor outside the towns of the filter', async () => {
			const off = DEFAULT_LAYERS.filter((key) => key !== 'hotWork');
			expect(ids((await stageOf({ hotWork, layers: off })).compose())).not.toContain('hot-work');
			const elsewhere = await stageOf({ hotWork, filters: { town: ['330109002'] } });
			expect(ids(elsewhere.compose())).not.toContain('hot-work');
		});
	});

	test('a filter by town leaves the other town out', async () => {
		const layers = (await stageOf({ zoom: 10, filters: { town: ['330109001'] } })).compose();
		const { data } = named(layers, 'cluster-donut') as unknown as { data: { sites: number[] }[] };
		expect(data.flatMap(({ sites }) => sites)).toEqual([1]);
	});

	test('what is selected keeps its ring though a filter hides it', async () => {
		const { compose } = await stageOf({ filters: { town: ['330109001'] }, selection: { kind: 'towerCrane', no: 13 } });
		const { data } = named(compose(), 'selected-ring') as unknown as { data: unknown[] };
		expect(data).toEqual([[120.4, 30.2]]);
	});
});

describe('what a change costs', () => {
	test('nothing changed: every layer is the one deck.gl has already', async () => {
		const { compose } = await stageOf();
		const before = compose();
		expect(compose().every((layer, i) => layer === before[i])).toBe(true);
	});

	test('one crane turned: only the layers of cranes are made again', async () => {
		const { compose, store, input } = await stageOf();
		const before = compose();
		store.columns!.slew[1] = 1800;
		const { revision } = store;
		store.setLevel(11, 'normal');
		const live = { ...input.live, latest: store.columns, revision: store.revision };
		expect(store.changesSince(revision)).toMatchObject({ whole: false });
		const after = compose({ live });
		expect(ids(after.filter((layer) => !before.includes(layer)))).toEqual(['crane-reach', 'crane-mark']);
	});

	test('layers that were gone for a while are made again: deck.gl does not take them back', async () => {
		const { compose } = await stageOf({ zoom: 16 });
		const near = compose();
		compose({ zoom: 10 });
		const again = compose({ zoom: 16 });
		expect(named(again, 'crane-reach')).toBeDefined();
		expect(again.find(({ id }) => id === 'crane-reach')).not.toBe(near.find(({ id }) => id === 'crane-reach'));
	});

	test('F-33 after a lost graphics context every layer is made again', async () => {
		const { compose, conductor } = await stageOf();
		const before = compose();
		conductor.forgetLayers();
		expect(compose().some((layer) => before.includes(layer))).toBe(false);
	});
});
