// From the flood situation to the layers of the map: what is drawn at which distance. Layers decide how.

import type { LayersList } from '@deck.gl/core';
import { latLngToCell } from 'h3-js';
import type { ExposureView, FloodNow, GridView, StationView } from '#lib/contract/flood.ts';
import type { ExposureBand } from '#lib/domain/flood/exposure.ts';
import { grouped } from '#lib/domain/grouped.ts';
import type { LayerKey } from '../view-url.ts';
import type { BaseDatum } from './base-map.ts';
import type { LayerCache } from './layer-cache.ts';
import {
	exposureLayers,
	measureStateLayers,
	rainFieldLayer,
	sensitiveLayer,
	stationLayers,
	type CellShape,
	type MeasureShape,
	type ObjectShape,
	type StationShape,
} from './layers/flood.ts';
import { hillshadeLayer, waterDepthLayer, type TerrainShape } from './layers/terrain.ts';
import type { SupposedTerrain } from '../board-context.ts';
import type { MapPalette } from './map-palette.ts';
import { toBase } from './split-position.ts';

/** What the flood pages put on the map. */
export interface FloodOverlay {
	now: FloodNow;
	grid: GridView | null;
	/** As they stood at the moment of the slider. */
	stations: readonly StationView[];
	field: Float32Array | null;
	/** Bands of the what-if page instead of those of today, by number of the site. */
	supposed: ReadonlyMap<number, ExposureBand> | null;
	/** Ground of the what-if page; without it no water is drawn. */
	terrain: SupposedTerrain | null;
	/** Where the sites stand, by number. */
	placeOf: (no: number) => [number, number] | undefined;
	/** Whole minutes, so that clocks on the map are drawn once a minute. */
	minute: number;
	/** `{code} 12 mm` and the like. */
	stationLabel: (station: StationView) => string;
	signOf: (kind: FloodNow['objects'][number]['kind']) => string;
	/** Sites a cell must have, and its size. */
	minimumSites: number;
	resolution: number;
}

interface Scene {
	layers: ReadonlySet<LayerKey>;
	zoom: number;
	palette: MapPalette;
	datum: BaseDatum;
	scale: number;
}

/** A share of unknown weight above which a site's exposure is drawn pale. */
const PALE = 0.35;

export function composeFlood(cache: LayerCache, flood: FloodOverlay | null, scene: Scene): LayersList {
	if (!flood) return [];
	const { layers, zoom, palette, datum, scale } = scene;
	const { now, grid, field, minute } = flood;
	const move = (at: [number, number]) => toBase(at, datum);
	const hasRoom = zoom >= 11.5;
	return [
		...terrainLayers(cache, flood.terrain, datum, move),
		layers.has('rain') &&
			grid &&
			field &&
			cache.of('flood-rain', [grid.id, field, datum], () => {
				const [west, south] = move([grid.bounds[0], grid.bounds[1]]);
				const [east, north] = move([grid.bounds[2], grid.bounds[3]]);
				return rainFieldLayer({ ...grid, bounds: [west, south, east, north], mm: field });
			}),
		layers.has('exposure') &&
			cache.of('flood-exposure', [now.exposure, flood.supposed, palette, datum, scale], () => {
				const sites = exposureShapes(now.exposure, flood);
				return exposureLayers(
					cellsOf(sites, flood),
					sites.map((site) => ({ ...site, at: move(site.at) })),
					move,
					palette,
					scale,
				);
			}),
		layers.has('measures') &&
			now.notices.length > 0 &&
			cache.of('flood-measures', [now.notices, minute, hasRoom, palette, datum, scale], () =>
				measureStateLayers(
					measureShapes(flood).map((site) => ({ ...site, at: move(site.at) })),
					hasRoom,
					palette,
					scale,
				),
			),
		layers.has('water') &&
			cache.of('flood-stations', [flood.stations, hasRoom, palette, datum, scale], () =>
				stationLayers(
					flood.stations.map((station) => stationShape(station, flood, move)),
					hasRoom,
					palette,
					scale,
				),
			),
		layers.has('sensitive') &&
			zoom >= 12.5 &&
			cache.of('flood-objects', [now.objects, palette, datum, scale], () =>
				sensitiveLayer(objectShapes(flood, move), palette, scale),
			),
	];
}

function terrainLayers(
	cache: LayerCache,
	terrain: SupposedTerrain | null,
	datum: BaseDatum,
	move: (at: [number, number]) => [number, number],
): LayersList {
	if (!terrain) return [];
	const { view, groundM, depthM } = terrain;
	const [west, south] = move([view.bounds[0], view.bounds[1]]);
	const [east, north] = move([view.bounds[2], view.bounds[3]]);
	const { id, width, height, cellM } = view;
	const shape = { id, width, height, cellM, groundM, bounds: [west, south, east, north] as TerrainShape['bounds'] };
	return [
		cache.of('terrain', [groundM, datum], () => hillshadeLayer(shape)),
		depthM && cache.of('terrain-water', [depthM, datum], () => waterDepthLayer(shape, depthM)),
	];
}

function exposureShapes(exposure: readonly ExposureView[], { placeOf, supposed }: FloodOverlay) {
	return exposure.flatMap(({ no, band, score, uncertainty }) => {
		const at = placeOf(no);
		return at ? [{ no, at, band: supposed?.get(no) ?? band, score, isUncertain: uncertainty > PALE }] : [];
	});
}

const GRAVITY: readonly ExposureBand[] = ['blue', 'yellow', 'orange', 'red'];

/** Cells by the mean of their sites, so that many quiet sites do not look like one grave one; few sites: no colour. */
function cellsOf(
	sites: readonly { at: [number, number]; band: ExposureBand }[],
	{ minimumSites, resolution }: FloodOverlay,
): CellShape[] {
	const cells = grouped(sites, ({ at: [lng, lat] }) => latLngToCell(lat, lng, resolution));
	return [...cells].map(([cell, own]) => {
		if (own.length < minimumSites) return { cell, band: 'insufficient' as const };
		const mean = own.reduce((sum, { band }) => sum + GRAVITY.indexOf(band), 0) / own.length;
		return { cell, band: GRAVITY[Math.round(mean)]! };
	});
}

function measureShapes({ now, placeOf, minute }: FloodOverlay): MeasureShape[] {
	return now.notices.flatMap(({ siteNo, step, checkDueAt }) => {
		const at = placeOf(siteNo);
		if (!at || step === 'ended') return [];
		const left = checkDueAt ? Math.round(Date.parse(checkDueAt) / 60_000 - minute) : null;
		return [{ no: siteNo, at, step, clock: left === null ? '' : clockOf(left) }];
	});
}

/** `5:42`, or `−0:10` once the time is over. */
function clockOf(minutes: number): string {
	const size = Math.abs(minutes);
	return `${minutes < 0 ? '−' : ''}${Math.floor(size / 60)}:${String(size % 60).padStart(2, '0')}`;
}

const STAGE_LEVEL: Record<StationView['grade'], StationShape['level']> = {
	below: 'normal',
	nearWarning: 'notice',
	warning: 'warning',
	guaranteed: 'danger',
	unknown: 'unknown',
	normal: 'normal',
	notice: 'notice',
	danger: 'danger',
};

function stationShape(station: StationView, flood: FloodOverlay, move: (at: [number, number]) => [number, number]) {
	return {
		id: station.id,
		at: move(station.at),
		label: flood.stationLabel(station),
		level: STAGE_LEVEL[station.grade],
	} satisfies StationShape;
}

const STEP_PX = 19;

function objectShapes(flood: FloodOverlay, move: (at: [number, number]) => [number, number]): ObjectShape[] {
	const bySite = grouped(flood.now.objects, ({ siteNo }) => siteNo);
	return [...bySite].flatMap(([no, own]) =>
		own.map(({ kind, at }, i) => ({
			key: `${no}-${kind}`,
			at: move(at),
			offset: [(i - (own.length - 1) / 2) * STEP_PX, 24] as [number, number],
			sign: flood.signOf(kind),
		})),
	);
}
