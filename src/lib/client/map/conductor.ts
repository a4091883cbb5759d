// From the live board and the view to the layers of the map. Everything in between is worked out again only when it
// must be: outlines with the register, clusters with levels or whole zooms, tables row by row.

import type { LayersList } from '@deck.gl/core';
import type { AlarmMessage } from '#lib/contract/events.ts';
import { levelCode, type Level } from '#lib/domain/level.ts';
import { OBJECT_KINDS } from '#lib/domain/picture/columns.ts';
import { riskCells } from '#lib/domain/risk/cells.ts';
import type { LiveBoard } from '../live.svelte.ts';
import type { BoardView } from '../selection.svelte.ts';
import type { SelectionKey } from '../view-url.ts';
import type { BaseDatum } from './base-map.ts';
import { boardFilter, type BoardFilter } from './board-filter.ts';
import { shapesOf, type BoardShapes } from './board-shapes.ts';
import type { FloodOverlay } from './flood-scene.ts';
import { haloOf } from './highlight.ts';
import { Kept } from './kept.ts';
import { LayerCache } from './layer-cache.ts';
import type { PlacedAlarm } from './layers/alarms.ts';
import type { PlacedHotWork } from './layers/hot-work.ts';
import type { MapLabel } from './layers/labels.ts';
import type { MeasureShape } from './layers/measure.ts';
import type { PreviewFeature } from './layers/preview.ts';
import type { MapPalette } from './map-palette.ts';
import type { MarkData, MarkTables } from './mark-table.ts';
import { composeLayers, type Scene, type SceneWords } from './scene.ts';
import { SiteClusters, type PlacedCluster, type SiteCluster } from './site-clusters.ts';
import { toBase, writePosition } from './split-position.ts';
import { TableKeeper } from './table-keeper.ts';
import { bandAt } from './zoom-band.ts';

export interface ConductorInput {
	live: Pick<
		LiveBoard,
		'board' | 'index' | 'latest' | 'alarms' | 'hotWork' | 'connection' | 'revision' | 'changesSince' | 'levelOf'
	>;
	view: Pick<BoardView, 'layers' | 'filters' | 'selection' | 'risk'>;
	hovered: SelectionKey | null;
	zoom: number;
	lit: boolean;
	labels: readonly MapLabel[];
	measure: MeasureShape | null;
	sketch: readonly MeasureShape[];
	preview: readonly PreviewFeature[] | null;
	palette: MapPalette;
	datum: BaseDatum;
	scale: number;
	words: SceneWords;
	isStill: boolean;
	/** Whether sites are counted in donuts from far away; not where a page puts its own pins for them. */
	hasDonuts: boolean;
	flood: FloodOverlay | null;
}

const SITE_KIND = OBJECT_KINDS.indexOf('site');
const NO_SHAPES_FILTER = {};
const NO_PLACES: readonly PlacedCluster[] = [];

export class Conductor {
	/** What the filters let through. */
	shapes: BoardShapes | null = null;
	clusters: readonly SiteCluster[] = [];
	/** Where they lie: the same object however often their states change. */
	places: readonly PlacedCluster[] = NO_PLACES;
	#cache = new LayerCache();
	#keeper: TableKeeper;
	#keptWhole = new Kept<BoardShapes | null>();
	#keptFilter = new Kept<BoardFilter | null>();
	#keptShapes = new Kept<BoardShapes | null>();
	#keptCrowns = new Kept<MarkData['attributes']>();
	#keptCrownData = new Kept<MarkData>();
	#keptTree = new Kept<SiteClusters | null>();
	#keptClusters = new Kept<readonly SiteCluster[]>();
	#keptCells = new Kept<Scene['cells']>();
	#keptAlarms = new Kept<readonly PlacedAlarm[]>();
	#keptHotWork = new Kept<readonly PlacedHotWork[]>();
	#keptSelected = new Kept<Scene['selected']>();
	#keptHovered = new Kept<Scene['hovered']>();

	/** @param onready - a whole picture has been arranged: compose again */
	constructor(onready: () => void) {
		this.#keeper = new TableKeeper({ datum: 'wgs84', isShown: null, radiusOf: () => 0 }, onready);
	}

	get tables(): MarkTables | null {
		return this.#keeper.tables;
	}

	/** Moment of the page until which something that is drawn moves by itself. */
	movesUntilMs({ zoom, isStill, view }: Pick<ConductorInput, 'zoom' | 'isStill' | 'view'>): number {
		const isDrawn = !isStill && bandAt(zoom) === 'near' && view.layers.has('cranes');
		return (isDrawn && this.tables?.tables.cranes.turns?.untilMs) || -Infinity;
	}

	/** Layer objects belong to one graphics context; after a loss they are made anew. */
	forgetLayers(): void {
		this.#cache.clear();
	}

	/** Outlines of the whole register, whatever the filters say; made once for a board and a base map. */
	outlinesOf(board: ConductorInput['live']['board'], datum: BaseDatum): BoardShapes | null {
		return this.#keptWhole.of([board, datum], () => board && shapesOf(board, datum));
	}

	compose(input: ConductorInput): LayersList {
		const { live, view, datum, zoom, scale } = input;
		const { board } = live;
		const filter = this.#filter(input);
		this.#keeper.sync(live);
		const levels = this.tables?.levels ?? NO_SHAPES_FILTER;
		const whole = this.outlinesOf(board, datum);
		const byLevel = view.filters.level.length > 0 ? levels : NO_SHAPES_FILTER;
		this.shapes = this.#keptShapes.of([whole, filter, byLevel], () => shownShapes(whole, filter, live));
		const band = bandAt(zoom);
		this.clusters = this.#clusters(input, levels);
		return composeLayers(this.#cache, {
			...input,
			shapes: this.shapes,
			tables: this.tables,
			crowns: this.#crowns(whole),
			levels,
			levelOf: (no) => live.levelOf(no),
			layers: view.layers,
			towns: view.filters.town,
			clusters: this.clusters,
			cells: this.#cells(input),
			alarms: this.#alarms(input),
			hotWork: this.#hotWork(input, filter),
			selected: this.#keptSelected.of([view.selection, whole, band, scale], () =>
				haloOf(view.selection, whole, band, scale),
			),
			hovered: this.#keptHovered.of([input.hovered, whole, band, scale], () =>
				haloOf(input.hovered, whole, band, scale),
			),
		});
	}

	/** The table of sites, its symbols moved above the outlines. */
	#crowns(whole: BoardShapes | null): MarkData | null {
		const { tables } = this;
		if (!tables || !whole) return null;
		const { numbers, data, length } = tables.tables.sites;
		const places = this.#keptCrowns.of([tables, whole], () => {
			const high = new Float32Array(length * 2);
			const low = new Float32Array(length * 2);
			const crowns = new Map(whole.sites.map(({ crown, properties: { no } }) => [no, crown]));
			numbers.forEach((no, slot) => {
				const [lng, lat] = crowns.get(no) ?? [NaN, NaN];
				writePosition(high, low, slot, lng, lat, 'wgs84');
			});
			return { getPosition: { value: high, size: 2 }, getPositionLow: { value: low, size: 2 } };
		});
		return this.#keptCrownData.of([data, places], () => ({
			length,
			attributes: { ...data.attributes, ...places },
		}));
	}

	#filter({ live: { board, index }, view: { filters }, datum }: ConductorInput): BoardFilter | null {
		return this.#keptFilter.of([board, filters, datum], () => {
			const filter = board && boardFilter(board, filters);
			this.#keeper.configure({
				datum,
				isShown: filter?.isShown ?? null,
				radiusOf: (no) => {
					const entry = index?.byNo.get(no);
					return entry && 'machine' in entry && entry.kind === 'towerCrane' ? (entry.machine.jibRadiusM ?? 0) : 0;
				},
			});
			return filter;
		});
	}

	#clusters({ live, zoom, scale, hasDonuts }: ConductorInput, levels: object): readonly SiteCluster[] {
		this.places = NO_PLACES;
		if (bandAt(zoom) !== 'far' || !this.shapes || !hasDonuts) return [];
		const { sites } = this.shapes;
		const tree = this.#keptTree.of([sites], () => {
			return new SiteClusters(sites.map(({ at, properties: { no } }) => ({ at, no })));
		});
		this.places = tree?.placed(zoom, scale) ?? NO_PLACES;
		return this.#keptClusters.of([tree, Math.floor(zoom), levels, scale], () => {
			return tree?.at(zoom, (no) => live.levelOf(no), scale) ?? [];
		});
	}

	#cells({ live: { board }, view }: ConductorInput): Scene['cells'] {
		if (!board || !view.layers.has('risk')) return [];
		const { shapes } = this;
		return this.#keptCells.of([shapes, view.risk, board], () => {
			const sites = board.sites.features.map(({ properties }) => properties);
			const shown = new Set(shapes?.sites.map(({ properties: { no } }) => no));
			return riskCells(
				sites.filter(({ no }) => shown.has(no)),
				view.risk,
				board.riskCells,
			);
		});
	}

	#alarms({ live: { alarms, index }, datum }: ConductorInput): readonly PlacedAlarm[] {
		return this.#keptAlarms.of([alarms, index, datum], () =>
			[...alarms.values()].flatMap((alarm: AlarmMessage) => {
				const entry = alarm.objectNo === null ? undefined : index?.byNo.get(alarm.objectNo);
				const at = entry?.at ?? alarm.at;
				return at ? [{ alarm, kind: entry?.kind ?? null, at: toBase(at, datum) }] : [];
			}),
		);
	}

	/** While the line to the server is cut nobody knows what still burns. */
	#hotWork({ live, datum }: ConductorInput, filter: BoardFilter | null): readonly PlacedHotWork[] {
		const { hotWork, index } = live;
		const isCut = live.connection === 'lost';
		return this.#keptHotWork.of([hotWork, index, filter, datum, isCut], () =>
			[...hotWork.values()].flatMap(({ deviceId, siteId, at, state }) => {
				const siteNo = index?.byId.get(siteId)?.no ?? null;
				if (filter && siteNo !== null && !filter.site(siteNo)) return [];
				return [{ deviceId, siteNo, at: toBase(at, datum), isKnown: state === 'welding' && !isCut }];
			}),
		);
	}
}

function shownShapes(
	whole: BoardShapes | null,
	filter: BoardFilter | null,
	live: { index: ConductorInput['live']['index']; levelOf: (no: number) => Level },
): BoardShapes | null {
	if (!whole || !filter) return whole;
	const hasSite = ({ properties: { siteId } }: { properties: { siteId: string } }) =>
		filter.site(live.index?.byId.get(siteId)?.no ?? -1);
	const isShown = ({ properties: { no } }: { properties: { no: number } }) =>
		filter.isShown?.(no, levelCode(live.levelOf(no)), SITE_KIND) ?? true;
	return {
		...whole,
		redLines: whole.redLines.filter(isShown),
		sites: whole.sites.filter(isShown),
		machines: whole.machines.filter(hasSite),
		pits: whole.pits.filter(hasSite),
		pitPlaces: whole.pitPlaces.filter(hasSite),
	};
}
