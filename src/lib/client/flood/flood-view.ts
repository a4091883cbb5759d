// What the flood brings onto a map by itself, and how far a ledger is in the colours of the map.

import type { ExposureBand } from '#lib/domain/flood/exposure.ts';
import type { LayerKey } from '../view-url.ts';

/** What a map shows while sites are under orders: the rain, the water, and how far the measures are. */
export const FLOOD_VIEW: readonly LayerKey[] = ['rain', 'water', 'measures'];

/** On the flood page: with the first signal, level or order the state of the measures takes the place of the exposure. */
export function floodPageLayers(isOn: boolean): readonly LayerKey[] {
	return isOn ? FLOOD_VIEW : ['rain', 'water', 'exposure'];
}

/** On a wall, where nobody is at the keyboard: they come with the flood and go with it; the others stay as they are. */
export function wallLayers(before: ReadonlySet<LayerKey>, isOn: boolean): Set<LayerKey> {
	const rest = [...before].filter((layer) => !FLOOD_VIEW.includes(layer));
	return new Set(isOn ? [...rest, ...FLOOD_VIEW] : rest);
}

/** Lower bounds of the share that is missing, reached, not exceeded: nothing, something, a quarter, half. */
export const LEDGER_BANDS: readonly { band: ExposureBand; from: number }[] = [
	{ band: 'blue', from: 0 },
	{ band: 'yellow', from: Number.MIN_VALUE },
	{ band: 'orange', from: 0.25 },
	{ band: 'red', from: 0.5 },
];

/** @param gap - share of what must be in the ledger and is not, 0 to 1 */
export function ledgerBand(gap: number): ExposureBand {
	return LEDGER_BANDS.findLast(({ from }) => gap >= from)!.band;
}

/** Every site by how far its ledger is, to be drawn in the place of its exposure. */
export function ledgerBands(ledger: readonly { no: number; gap: number }[]): Map<number, ExposureBand> {
	return new Map(ledger.map(({ no, gap }) => [no, ledgerBand(gap)]));
}
