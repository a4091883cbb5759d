// Everything on the map above the base map, from the bottom to the top, as layers. Decides what is drawn at which
// distance; each layer file decides how.

import type { LayersList } from '@deck.gl/core';
import type { RiskCell } from '#lib/domain/risk/cells.ts';
import type { Level } from '#lib/domain/level.ts';
import type { PitProperties, SiteProperties } from '#lib/contract/board.ts';
import type { LayerKey } from '../view-url.ts';
import type { BaseDatum } from './base-map.ts';
import type { BoardShapes } from './board-shapes.ts';
import { composeFlood, type FloodOverlay } from './flood-scene.ts';
import type { LayerCache } from './layer-cache.ts';
import { alarmLayer, type PlacedAlarm } from './layers/alarms.ts';
import { clusterLayers } from './layers/clusters.ts';
import { craneLayers } from './layers/cranes.ts';
import { formworkLayer } from './layers/formwork.ts';
import { gridLayers } from './layers/grids.ts';
import { hoistLayer } from './layers/hoists.ts';
import { hotWorkLayers, type PlacedHotWork } from './layers/hot-work.ts';
import { labelLayer, type MapLabel } from './layers/labels.ts';
import { measureLayers, type MeasureShape } from './layers/measure.ts';
import { pitDepthLayer, pitMarkLayer, pitOutlineLayers } from './layers/pits.ts';
import { pointLayer } from './layers/points.ts';
import { previewLayers, type PreviewFeature } from './layers/preview.ts';
import { riskLayers } from './layers/risk.ts';
import { scaffoldLayer } from './layers/scaffolds.ts';
import { haloLayers, type Halo } from './layers/selection.ts';
import { redLineLayers, siteMarkLayers } from './layers/sites.ts';
import { townLayers } from './layers/towns.ts';
import type { MapPalette } from './map-palette.ts';
import type { MarkData, MarkTables, TableName } from './mark-table.ts';
import type { SiteCluster } from './site-clusters.ts';
import { toBase } from './split-position.ts';
import { bandAt } from './zoom-band.ts';

export interface SceneWords {
	siteSign: (site: SiteProperties) => string;
	pitDepth: (pit: PitProperties) => string;
	insufficient: string;
	/** Of a welding machine, one character. */
	hotWorkSign: string;
}

export interface Scene {
	/** What the filters let through; null until the register is here. */
	shapes: BoardShapes | null;
	tables: MarkTables | null;
	/** The table of sites with the places above their outlines. */
	crowns: MarkData | null;
	/** Another object whenever the level of a site or pit changed. */
	levels: object;
	levelOf: (no: number) => Level;
	zoom: number;
	layers: ReadonlySet<LayerKey>;
	/** Codes of towns the filter names. */
	towns: readonly string[];
	clusters: readonly SiteCluster[];
	cells: readonly RiskCell[];
	alarms: readonly PlacedAlarm[];
	hotWork: readonly PlacedHotWork[];
	lit: boolean;
	labels: readonly MapLabel[];
	selected: Halo | null;
	hovered: Halo | null;
	measure: MeasureShape | null;
	/** What is being drawn for a form. */
	sketch: readonly MeasureShape[];
	/** A dry run of an import. */
	preview: readonly PreviewFeature[] | null;
	palette: MapPalette;
	datum: BaseDatum;
	/** 1 at a desk, more on a wall. */
	scale: number;
	words: SceneWords;
	/** Nothing may move by itself. */
	isStill: boolean;
	flood: FloodOverlay | null;
}

/** Symbols of sites, pixels of radius, by distance. */
const SITE_RADIUS = { middle: 10, near: 11 };
/** Below this zoom an outline is smaller than its site's symbol, and machines lie under it. */
const OUTLINES_FROM = 13.5;

export function composeLayers(cache: LayerCache, scene: Scene): LayersList {
	return cache.round(() => [
		areas(cache, scene),
		composeFlood(cache, scene.flood, scene),
		objects(cache, scene),
		above(cache, scene),
	]);
}

function areas(cache: LayerCache, { shapes, layers, cells, towns, zoom, palette, datum, words }: Scene): LayersList {
	if (!shapes) return [];
	const hasGridNames = zoom >= 13;
	const hasRoom = zoom >= 11.5;
	const isFar = bandAt(zoom) === 'far';
	const move = (at: [number, number]) => toBase(at, datum);
	return [
		layers.has('risk') &&
			cache.of('risk', [cells, palette, datum, hasRoom], () => riskLayers(cells, move, words, hasRoom, palette)),
		layers.has('towns') &&
			cache.of('towns', [shapes.towns, towns, isFar, palette], () => townLayers(shapes.towns, towns, isFar, palette)),
		layers.has('grids') &&
			shapes.grids.length > 0 &&
			cache.of('grids', [shapes.grids, hasGridNames, palette], () => gridLayers(shapes.grids, hasGridNames, palette)),
	];
}

function objects(cache: LayerCache, scene: Scene): LayersList {
	const { shapes, tables, crowns, layers, zoom, palette, levels, levelOf, scale, words, isStill } = scene;
	const band = bandAt(zoom);
	const isNear = band === 'near';
	if (band === 'far' || layers.has('risk')) return [];
	const isClose = zoom >= 16;
	const has = (key: LayerKey & TableName) => layers.has(key) && tables !== null && tables.tables[key].length > 0;
	const siteData = isNear && crowns ? crowns : tables?.tables.sites.data;
	return [
		shapes &&
			layers.has('sites') &&
			zoom >= OUTLINES_FROM &&
			cache.of('red-lines', [shapes.redLines, levels, palette], () =>
				redLineLayers(shapes.redLines, levelOf, levels, palette),
			),
		shapes &&
			layers.has('pits') &&
			isNear && [
				cache.of('pits', [shapes.pits, levels, palette], () => pitOutlineLayers(shapes.pits, levelOf, levels, palette)),
				isClose &&
					cache.of('pit-depths', [shapes.pitPlaces, palette, words], () =>
						pitDepthLayer(shapes.pitPlaces, words.pitDepth, palette),
					),
			],
		tables &&
			zoom >= OUTLINES_FROM && [
				has('pits') &&
					!isNear &&
					cache.of('pit-marks', [tables.tables.pits.data, band, palette], () =>
						pitMarkLayer(tables.tables.pits, band, palette),
					),
				has('points') &&
					isNear &&
					cache.of('points', [tables.tables.points.data, isClose, palette], () =>
						pointLayer(tables.tables.points, zoom, palette),
					),
				has('hoists') &&
					cache.of('hoists', [tables.tables.hoists.data, band, palette], () =>
						hoistLayer(tables.tables.hoists, band, palette),
					),
				has('cranes') &&
					cache.of('cranes', [tables.tables.cranes.data, band, palette, scale, isStill], () =>
						craneLayers(tables.tables.cranes, band, palette, 1.5 * scale, isStill),
					),
				has('formwork') &&
					cache.of('formwork', [tables.tables.formwork.data, band, palette], () =>
						formworkLayer(tables.tables.formwork, band, palette),
					),
				has('scaffolds') &&
					cache.of('scaffolds', [tables.tables.scaffolds.data, band, palette], () =>
						scaffoldLayer(tables.tables.scaffolds, band, palette),
					),
			],
		tables &&
			shapes &&
			siteData &&
			layers.has('sites') &&
			cache.of('sites', [siteData, shapes.sites, levels, band, palette, scale, words], () =>
				siteMarkLayers(siteData, shapes.sites, {
					...{ levelOf, levels, palette, signOf: words.siteSign },
					radiusPx: SITE_RADIUS[isNear ? 'near' : 'middle'] * scale,
					isAbove: isNear,
				}),
			),
	];
}

function above(cache: LayerCache, scene: Scene): LayersList {
	const {
		layers,
		clusters,
		alarms,
		hotWork,
		lit,
		labels,
		datum,
		preview,
		selected,
		hovered,
		measure,
		sketch,
		zoom,
		palette,
		scale,
		words,
	} = scene;
	// From far away a ring may not look larger than a cluster.
	const ringScale = scale * (bandAt(zoom) === 'far' ? 0.6 : 1);
	const hasClusters = bandAt(zoom) === 'far' && layers.has('sites') && !layers.has('risk');
	const hasTags = bandAt(zoom) !== 'far';
	return [
		layers.has('hotWork') &&
			hotWork.length > 0 &&
			!layers.has('risk') &&
			cache.of('hot-work', [hotWork, hasTags, ringScale, palette, words], () =>
				hotWorkLayers(hotWork, words.hotWorkSign, hasTags, ringScale, palette),
			),
		layers.has('alarms') &&
			alarms.length > 0 &&
			cache.of('alarms', [alarms, lit, ringScale, palette], () => alarmLayer(alarms, lit, ringScale, palette)),
		hasClusters && cache.of('clusters', [clusters, palette, scale], () => clusterLayers(clusters, scale, palette)),
		preview &&
			cache.of('preview', [preview, palette, datum, scale], () =>
				previewLayers(preview, (at) => toBase(at, datum), palette, scale),
			),
		hovered && cache.of('hovered', [hovered, palette], () => haloLayers('hovered', hovered, palette)),
		selected && cache.of('selected', [selected, palette], () => haloLayers('selected', selected, palette)),
		layers.has('labels') &&
			labels.length > 0 &&
			cache.of('labels', [labels, palette], () => labelLayer(labels, palette)),
		measure && cache.of('measure', [measure, palette], () => measureLayers(measure, palette)),
		...sketch.map((shape, order) =>
			cache.of(`sketch-${order}`, [shape, palette], () => measureLayers(shape, palette, `sketch-${order}`)),
		),
	];
}
