// Which names stand on the map: those of sites, the weightiest first, and near, what people on a site call a machine.

import type { MachineProperties } from '#lib/contract/board.ts';
import type { Level } from '#lib/domain/level.ts';
import type { Place, SitePlace } from './board-shapes.ts';
import { declutter, type Box, type Candidate } from './declutter.ts';
import type { MapLabel } from './layers/labels.ts';
import { bandAt } from './zoom-band.ts';

export interface LabelSource {
	sites: readonly SitePlace[];
	machines: readonly Place<MachineProperties>[];
	zoom: number;
	screen: { width: number; height: number };
	project: (at: [number, number]) => { x: number; y: number };
	levelOf: (no: number) => Level;
	/** Register numbers that must have their name if there is room at all. */
	selected: number | null;
	/** Names of the base map, which ours must not cover; asked only where there are names of ours. */
	baseNames: () => readonly Box[];
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
		[...symbolsOf(source, band === 'near'), ...source.baseNames()],
	).map((i) => places[i]!.label);
}

/** The symbols of sites, which no name may cover. */
function symbolsOf({ sites, project, scale }: LabelSource, isNear: boolean): Box[] {
	const radius = 8 * scale;
	return sites.map(({ at, crown }) => {
		const { x, y } = project(isNear ? crown : at);
		const middle = isNear ? y - 14 * scale : y;
		return { left: x - radius, right: x + radius, top: middle - radius, bottom: middle + radius };
	});
}

interface Named {
	candidate: Candidate;
	label: MapLabel;
}

function siteNames({ sites, project, levelOf, selected, scale }: LabelSource, isNear: boolean): Named[] {
	return sites.map(({ at, crown, properties: { no, name, floorAreaM2 } }) => {
		const level = levelOf(no);
		const isStrong = no === selected || GRAVITY[level] > 0;
		const weight = (no === selected ? 1e10 : 0) + GRAVITY[level] + (floorAreaM2 ?? 0);
		// Near, the name stands right of the symbol above the outline; farther away below the symbol.
		const label: MapLabel = isNear
			? { text: name, at: crown, sizePx: 14 * scale, offsetPx: [15 * scale, -14 * scale], anchor: 'start', isStrong }
			: { text: name, at, sizePx: 12.5 * scale, offsetPx: [0, 19 * scale], anchor: 'middle', isStrong };
		return named(label, project(label.at), weight);
	});
}

function machineNames({ machines, project, levelOf, selected, scale }: LabelSource): Named[] {
	return machines.flatMap(({ at, properties: { no, siteNo } }) => {
		if (!siteNo) return [];
		const level = levelOf(no);
		const isStrong = no === selected || GRAVITY[level] > 0;
		// Below every site's name: a number says little without it.
		const weight = (no === selected ? 1e10 : 0) + GRAVITY[level] - 1;
		const label: MapLabel = {
			text: siteNo,
			at,
			sizePx: 12 * scale,
			offsetPx: [0, 16 * scale],
			anchor: 'middle',
			isStrong,
		};
		return [named(label, project(at), weight)];
	});
}

function named(label: MapLabel, { x, y }: { x: number; y: number }, weight: number): Named {
	const { text, sizePx, offsetPx, anchor } = label;
	return { label, candidate: { text, x, y, sizePx, offsetPx, anchor, weight } };
}
