// Grids on the map while they are being balanced: owned ground tinted by load, unowned ground and sites hatched and
// ringed, the chosen site and where it may go.

import { FillStyleExtension } from '@deck.gl/extensions';
import { PathLayer, ScatterplotLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { MultiPolygon } from 'geojson';
import type { GridsView } from '#lib/contract/grids.ts';
import type { MapOverlay } from '../map/overlays.svelte.ts';

interface Patch {
	id: string;
	isOwned: boolean;
	share: number;
	polygon: [number, number][][];
}

const HATCH = new FillStyleExtension({ proceduralPattern: true });
const PATTERNS = { unowned: { type: 'hatch', angle: 45, strokeWidth: 1.5, gap: 7 } } as const;

export function gridOverlay(
	view: GridsView,
	{ boundaries, gridOf }: { boundaries: ReadonlyMap<string, MultiPolygon>; gridOf: ReadonlyMap<string, string> },
	loads: ReadonlyMap<string, number>,
	chosen: { site: string | null; grid: string | null },
	onpick: (what: { site?: string; grid?: string }) => void,
): MapOverlay {
	const most = Math.max(1, ...loads.values());
	const patches = view.grids.flatMap(({ id, ownerName, boundary }): Patch[] =>
		(boundaries.get(id) ?? boundary).coordinates.map((polygon) => ({
			id,
			isOwned: ownerName !== null,
			share: (loads.get(ownerName ?? '') ?? 0) / most,
			polygon: polygon as [number, number][][],
		})),
	);
	const sites = view.sites.map((site) => ({ ...site, isOwned: gridOf.has(site.id) }));
	type Site = (typeof sites)[number];
	return {
		hasOwnSites: true,
		layers: ({ palette, toBase }) => [
			new SolidPolygonLayer<Patch>({
				id: 'balance-ground',
				data: patches.filter(({ isOwned }) => isOwned),
				getPolygon: ({ polygon }) => polygon.map((ring) => ring.map(toBase)),
				getFillColor: ({ share, id }) => [...palette.accent, id === chosen.grid ? 130 : 12 + Math.round(share * 90)],
				pickable: true,
				updateTriggers: { getFillColor: [chosen.grid, palette] },
			}),
			new SolidPolygonLayer<Patch>({
				id: 'balance-unowned',
				data: patches.filter(({ isOwned }) => !isOwned),
				getPolygon: ({ polygon }) => polygon.map((ring) => ring.map(toBase)),
				getFillColor: [...palette.levelBytes.warning, 150],
				pickable: true,
				extensions: [HATCH],
				...{ fillPatternMapping: PATTERNS, fillPatternSizeUnits: 'pixels', getFillPattern: () => 'unowned' },
			}),
			new PathLayer<Patch>({
				id: 'balance-line',
				data: patches,
				getPath: ({ polygon }) => polygon[0]!.map(toBase),
				getColor: ({ id }) => [...palette.accent, id === chosen.grid ? 255 : 150],
				getWidth: ({ id }) => (id === chosen.grid ? 3 : 1.2),
				widthUnits: 'pixels',
				updateTriggers: { getColor: chosen.grid, getWidth: chosen.grid },
			}),
			new ScatterplotLayer<Site>({
				id: 'balance-site',
				data: sites,
				getPosition: ({ at }) => toBase(at),
				getRadius: ({ id }) => (id === chosen.site ? 9 : 4.5),
				radiusUnits: 'pixels',
				getFillColor: ({ isOwned }) => (isOwned ? [...palette.text, 220] : [...palette.levelBytes.warning, 255]),
				getLineColor: [...palette.groundBytes, 255],
				getLineWidth: 1.5,
				lineWidthUnits: 'pixels',
				stroked: true,
				pickable: true,
				updateTriggers: { getRadius: chosen.site },
			}),
		],
		press(info) {
			const id = info?.layer?.id;
			if (id === 'balance-site') onpick({ site: (info!.object as Site).id });
			else if (id === 'balance-ground' || id === 'balance-unowned') onpick({ grid: (info!.object as Patch).id });
			else return false;
			return true;
		},
	};
}
