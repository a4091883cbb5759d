// Which names stand on the map: those of sites, the weightiest first, and near, what people on a site call a machine.

import type { MachineProperties, SiteProperties } from '#lib/contract/board.ts';
import type { Level } from '#lib/domain/level.ts';
import type { Place } from './board-shapes.ts';
import { declutter, type Candidate } from './declutter.ts';
import type { MapLabel } from './layers/labels.ts';
import { bandAt } from './zoom-band.ts';

export interface LabelSource {
	sites: readonly Place<SiteProperties>[];
	machines: readonly Place<MachineProperties>[];
	zoom: number;
	screen: { width: number; height: number };
	project: (at: [number, number]) => { x: number; y: number };
	levelOf: (no: number) => Level;
	/** Register numbers that must have their name if there is room at all. */
	selected: number | null;
	scale: number;
}

const MOST_NAMES = 90;
const MACHINE_NAMES_FROM = 15.4;
const GRAVITY: Record<Level, number> = { danger: 4e9, warning: 3e9, notice: 2e9, unknown: 0, normal: 0, off: 0 };

export function placeLabels(source: LabelSource): MapLabel[] {
	const band = bandAt(source.zoom);
	if (band === 'far') return [];
	const places = [
		...siteNames(source, band === 'near'),
		...(source.zoom >= MACHINE_NAMES_FROM ? machineNames(source) : []),
	];
	return declutter(
		places.map(({ candidate }) => candidate),
		source.screen,
		MOST_NAMES,
	).map((i) => places[i]!.label);
}

interface Named {
	candidate: Candidate;
	label: MapLabel;
}

function siteNames({ sites, zoom, project, levelOf, selected, scale }: LabelSource, isNear: boolean): Named[] {
	const isClose = zoom >= 16;
	return sites.map(({ at, properties: { no, name, floorAreaM2 } }) => {
		const level = levelOf(no);
		const isStrong = no === selected || GRAVITY[level] > 0;
		const sizePx = (isNear ? 13.5 : 12) * scale;
		const offsetPx = isClose ? 0 : (isNear ? 23 : 18) * scale;
		const weight = (no === selected ? 1e10 : 0) + GRAVITY[level] + (floorAreaM2 ?? 0);
		return named({ text: name, at, sizePx, offsetPx, isStrong }, project(at), weight);
	});
}

function machineNames({ machines, project, levelOf, selected, scale }: LabelSource): Named[] {
	return machines.flatMap(({ at, properties: { no, siteNo } }) => {
		if (!siteNo) return [];
		const level = levelOf(no);
		const isStrong = no === selected || GRAVITY[level] > 0;
		// Below every site's name: a number says little without it.
		const weight = (no === selected ? 1e10 : 0) + GRAVITY[level] - 1;
		return [named({ text: siteNo, at, sizePx: 11.5 * scale, offsetPx: 16 * scale, isStrong }, project(at), weight)];
	});
}

function named(label: MapLabel, { x, y }: { x: number; y: number }, weight: number): Named {
	const { text, sizePx, offsetPx } = label;
	return { label, candidate: { text, x, y, sizePx, offsetPx, weight } };
}
