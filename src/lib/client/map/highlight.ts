// What is drawn around a thing that is selected or pointed at.

import type { SelectionKey } from '../view-url.ts';
import type { BoardShapes, Outline } from './board-shapes.ts';
import type { Halo } from './layers/selection.ts';
import type { ZoomBand } from './zoom-band.ts';

/** @param shapes - of the whole register: a thing keeps its ring though a filter hides it */
export function haloOf(
	key: SelectionKey | null,
	shapes: BoardShapes | null,
	band: ZoomBand,
	scale: number,
): Halo | null {
	if (!key || !shapes) return null;
	const rings = <P>(outlines: readonly Outline<P>[], is: (properties: P) => boolean) =>
		outlines.filter(({ properties }) => is(properties)).map(({ polygon }) => polygon);
	if (key.kind === 'town') return area(rings(shapes.towns, ({ code }) => code === key.code));
	if (key.kind === 'grid') return area(rings(shapes.grids, ({ id }) => id === key.code));
	if (!('no' in key)) return null;
	const { no } = key;
	const is = (properties: { no: number }) => properties.no === no;
	const radiusPx = (band === 'near' ? 15 : 11) * scale;
	const place = [shapes.machines, shapes.points].flat().find(({ properties }) => is(properties));
	if (place) return { at: place.at, polygons: [], radiusPx };
	const pit = shapes.pitPlaces.find(({ properties }) => is(properties));
	if (pit) return { at: band === 'near' ? null : pit.at, polygons: rings(shapes.pits, is), radiusPx };
	const site = shapes.sites.find(({ properties }) => is(properties));
	if (!site) return null;
	return { at: site.at, polygons: band === 'far' ? [] : rings(shapes.redLines, is), radiusPx: radiusPx * 1.25 };
}

function area(polygons: Halo['polygons']): Halo {
	return { at: null, polygons, radiusPx: 0 };
}

/** Every point of a thing, to bring it into view. */
export function extentOf(halo: Halo): [number, number][] {
	const points = halo.polygons.flatMap((rings) => rings[0] ?? []);
	return points.length ? points : halo.at ? [halo.at] : [];
}
