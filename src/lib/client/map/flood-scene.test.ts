// The layers of the flood without a graphics card: which are there, and what they say of the data.

import type { Layer } from '@deck.gl/core';
import { describe, expect, test } from 'vitest';
import { SENSITIVE_KINDS, type FloodNow } from '#lib/contract/flood.ts';
import { ledgerBands } from '../flood/flood-view.ts';
import type { LayerKey } from '../view-url.ts';
import { composeFlood, type FloodOverlay } from './flood-scene.ts';
import { LayerCache } from './layer-cache.ts';
import { paletteOf } from './map-palette.ts';

const PLACES: Record<number, [number, number]> = { 1: [120.25, 30.15], 2: [120.3, 30.2] };
const exposed = (no: number, band: 'red' | 'blue', uncertainty = 0) => ({
	no,
	siteId: `s${no}`,
	score: 1,
	band,
	uncertainty,
});
const overlay = (now: Partial<FloodNow>, more: Partial<FloodOverlay> = {}): FloodOverlay => ({
	...{ now: { exposure: [], notices: [], objects: [], stations: [], ...now } as unknown as FloodNow },
	...{ grid: null, field: null, supposed: null, terrain: null, stations: [], minute: 0 },
	...{ minimumSites: 1, resolution: 8, placeOf: (no: number) => PLACES[no], stationLabel: () => '' },
	signOf: (kind) => `sign-${kind}`,
	...more,
});
function drawn(flood: FloodOverlay | null, layers: readonly LayerKey[], zoom = 15): Map<string, { data: unknown[] }> {
	const scene = {
		layers: new Set(layers),
		zoom,
		palette: paletteOf('dark', () => ''),
		datum: 'wgs84' as const,
		scale: 1,
	};
	const list = new LayerCache().round(() => composeFlood(new LayerCache(), flood, scene)).flat(9) as (Layer | false)[];
	return new Map(list.flatMap((layer) => (layer ? [[layer.id, layer.props as never]] : [])));
}

describe('the layer of objects a flood reaches first', () => {
	const objects = [
		...SENSITIVE_KINDS.map((kind) => ({ kind, siteNo: 1, at: PLACES[1]! })),
		{ kind: 'deepPit' as const, siteNo: 2, at: PLACES[2]! },
	];
	const signs = (zoom?: number) =>
		(drawn(overlay({ objects }), ['sensitive'], zoom).get('flood-objects')?.data ?? []) as {
			key: string;
			sign: string;
			at: [number, number];
			offset: [number, number];
		}[];

	test('has all eight kinds, each with its own sign', () => {
		expect(SENSITIVE_KINDS).toHaveLength(8);
		const own = signs().filter(({ key }) => key.startsWith('1-'));
		expect(own.map(({ sign }) => sign)).toEqual(SENSITIVE_KINDS.map((kind) => `sign-${kind}`));
	});

	test('puts the signs of one site side by side around it, none on another', () => {
		const own = signs().filter(({ key }) => key.startsWith('1-'));
		expect(new Set(own.map(({ offset: [x] }) => x)).size).toBe(8);
		expect(own.reduce((sum, { offset: [x] }) => sum + x, 0)).toBeCloseTo(0);
		expect(signs().find(({ key }) => key === '2-deepPit')).toMatchObject({ at: PLACES[2], offset: [0, 24] });
	});

	test('is there near enough only, and only when it is asked for', () => {
		expect(signs(12)).toEqual([]);
		expect(drawn(overlay({ objects }), ['exposure']).has('flood-objects')).toBe(false);
	});
});

describe('sites by colour', () => {
	const exposure = [exposed(1, 'red'), exposed(2, 'blue', 0.9), exposed(3, 'red')];
	const bands = (more: Partial<FloodOverlay> = {}) =>
		(
			drawn(overlay({ exposure }, more), ['exposure']).get('flood-exposure')!.data as {
				no: number;
				band: string;
				isUncertain: boolean;
			}[]
		).map(({ no, band, isUncertain }) => [no, band, isUncertain]);

	test('are drawn by their exposure, pale where it is uncertain, and only where they stand', () => {
		expect(bands()).toEqual([
			[1, 'red', false],
			[2, 'blue', true],
		]);
	});

	test('by how far their ledgers are while the page of the ledgers is open, and by exposure again afterwards', () => {
		const supposed = ledgerBands([
			{ no: 1, gap: 0 },
			{ no: 2, gap: 0.75 },
		]);
		expect(bands({ supposed }).map(([no, band]) => [no, band])).toEqual([
			[1, 'blue'],
			[2, 'red'],
		]);
		expect(bands({ supposed: null })[0]).toEqual([1, 'red', false]);
	});
});

test('without a flood situation nothing of it is drawn', () => {
	expect([...drawn(null, ['rain', 'water', 'measures', 'exposure', 'sensitive'])]).toEqual([]);
});
