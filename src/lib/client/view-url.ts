// The view as a person reads it in the address bar, and back. Whatever cannot be read falls back to the default;
// whatever equals the default is left out.
//
//   ?at=120.26,30.18,11.2&layers=sites,towerCranes&sel=site-42&level=danger,warning&theme=light

import { LEVELS, type Level } from '#lib/domain/level.ts';
import { OBJECT_KINDS, type ObjectKind } from '#lib/domain/picture/columns.ts';

/** Layers a person can switch, in the order of the layer list. */
export const LAYER_KEYS = [
	'sites',
	'cranes',
	'hoists',
	'pits',
	'formwork',
	'scaffolds',
	'points',
	'hotWork',
	'alarms',
	'labels',
	'towns',
	'grids',
	'risk',
	'rain',
	'water',
	'measures',
	'exposure',
	'sensitive',
] as const;
export type LayerKey = (typeof LAYER_KEYS)[number];

export const THEMES = ['dark', 'light', 'sun'] as const;
export type Theme = (typeof THEMES)[number];

export const STAGES = ['preparation', 'foundation', 'structure', 'masonry', 'finishing', 'completion'] as const;
export const SITE_STATES = ['active', 'stopped', 'suspended', 'finished'] as const;
export type SiteState = (typeof SITE_STATES)[number];

export interface Camera {
	lng: number;
	lat: number;
	zoom: number;
	/** Degrees clockwise from north. */
	bearing: number;
	/** Degrees from straight down. */
	pitch: number;
}

/** An empty list lets everything through. */
export interface Filters {
	/** Codes of towns. */
	town: readonly string[];
	stage: readonly string[];
	state: readonly SiteState[];
	level: readonly Level[];
	kind: readonly ObjectKind[];
}

/** What is selected: an object by its register number, or an area by its code. */
export type SelectionKey = { kind: ObjectKind; no: number } | { kind: 'town' | 'grid'; code: string };

/** Cells of the risk layer: hazards as such, or per site. */
export type RiskMeasure = 'absolute' | 'perSite';

export interface View {
	/** Null: the whole district. */
	camera: Camera | null;
	layers: readonly LayerKey[];
	filters: Filters;
	selection: SelectionKey | null;
	/** Null: what the place or the system prefers. */
	theme: Theme | null;
	risk: RiskMeasure;
}

export const NO_FILTERS: Filters = { town: [], stage: [], state: [], level: [], kind: [] };
/** Layers that only their own page turns on. */
export const FLOOD_LAYERS: readonly LayerKey[] = ['rain', 'water', 'measures', 'exposure', 'sensitive'];
export const DEFAULT_LAYERS: readonly LayerKey[] = LAYER_KEYS.filter(
	(key) => key !== 'risk' && key !== 'grids' && !FLOOD_LAYERS.includes(key),
);
export const DEFAULT_VIEW: View = {
	camera: null,
	layers: DEFAULT_LAYERS,
	filters: NO_FILTERS,
	selection: null,
	theme: null,
	risk: 'perSite',
};
/** Names this module owns; others in the address are left as they are. */
export const VIEW_PARAMETERS = ['at', 'layers', 'sel', 'town', 'stage', 'state', 'level', 'kind', 'theme', 'risk'];

export function parseView(parameters: URLSearchParams): View {
	const layers = parameters.get('layers');
	const theme = parameters.get('theme');
	return {
		camera: parseCamera(parameters.get('at')),
		layers: layers === null ? DEFAULT_LAYERS : LAYER_KEYS.filter((key) => layers.split(',').includes(key)),
		filters: {
			town: wordsOf(parameters, 'town').filter((code) => /^\d{9}$/.test(code)),
			stage: oneOf(STAGES, parameters, 'stage'),
			state: oneOf(SITE_STATES, parameters, 'state'),
			level: oneOf(LEVELS, parameters, 'level'),
			kind: oneOf(OBJECT_KINDS, parameters, 'kind'),
		},
		selection: parseSelection(parameters.get('sel')),
		theme: THEMES.find((known) => known === theme) ?? null,
		risk: parameters.get('risk') === 'absolute' ? 'absolute' : 'perSite',
	};
}

/** Writes the view into a copy of the address's parameters. */
export function formatView(view: View, into = new URLSearchParams()): URLSearchParams {
	const parameters = new URLSearchParams(into);
	for (const name of VIEW_PARAMETERS) parameters.delete(name);
	if (view.camera) parameters.set('at', formatCamera(view.camera));
	if (!sameWords(view.layers, DEFAULT_LAYERS)) parameters.set('layers', view.layers.join(','));
	if (view.selection) parameters.set('sel', formatSelection(view.selection));
	for (const name of ['town', 'stage', 'state', 'level', 'kind'] as const)
		if (view.filters[name].length) parameters.set(name, view.filters[name].join(','));
	if (view.theme) parameters.set('theme', view.theme);
	if (view.risk !== 'perSite') parameters.set('risk', view.risk);
	return parameters;
}

/** As text for an address; commas stay commas so that a person can read it. */
export function readable(parameters: URLSearchParams): string {
	return parameters.toString().replaceAll('%2C', ',');
}

export function formatSelection(selection: SelectionKey): string {
	return 'no' in selection ? `${selection.kind}-${selection.no}` : `${selection.kind}-${selection.code}`;
}

function parseSelection(text: string | null): SelectionKey | null {
	const [, kind, name] = /^([a-zA-Z]+)-([0-9A-Za-z]+)$/.exec(text ?? '') ?? [];
	if (!kind || !name) return null;
	if (kind === 'town' || kind === 'grid') return { kind, code: name };
	const object = OBJECT_KINDS.find((known) => known === kind);
	return object && /^\d{1,9}$/.test(name) ? { kind: object, no: Number(name) } : null;
}

/** Five decimals are a metre; two of zoom are less than a wheel step. Bearing and pitch only when the map is turned. */
function formatCamera({ lng, lat, zoom, bearing, pitch }: Camera): string {
	const flat = [trimmed(lng, 5), trimmed(lat, 5), trimmed(zoom, 2)];
	const turned = [trimmed(bearing, 1), trimmed(pitch, 1)];
	return (turned.every((part) => part === '0') ? flat : [...flat, ...turned]).join(',');
}

function parseCamera(text: string | null): Camera | null {
	if (!text) return null;
	const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
	const [lng = NaN, lat = NaN, zoom = NaN, bearing = 0, pitch = 0] = numbers;
	const ok =
		Math.abs(lng) <= 180 &&
		Math.abs(lat) <= 85 &&
		zoom >= 0 &&
		zoom <= 24 &&
		Math.abs(bearing) <= 360 &&
		pitch >= 0 &&
		pitch <= 85;
	return ok ? { lng, lat, zoom, bearing, pitch } : null;
}

function trimmed(value: number, digits: number): string {
	const text = value.toFixed(digits).replace(/\.?0+$/, '');
	return text === '-0' ? '0' : text;
}

function wordsOf(parameters: URLSearchParams, name: string): string[] {
	return [...new Set((parameters.get(name) ?? '').split(',').filter(Boolean))];
}

function oneOf<T extends string>(known: readonly T[], parameters: URLSearchParams, name: string): T[] {
	const words = wordsOf(parameters, name);
	return known.filter((word) => words.includes(word));
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((word) => b.includes(word));
}
