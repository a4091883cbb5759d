// The ledger on the map: grids that are looked at too seldom or that nobody owns, sites that are overdue or were never
// visited. Grids are irregular areas with an outline; no cell of analysis is drawn here.

import { FillStyleExtension, PathStyleExtension } from '@deck.gl/extensions';
import { PathLayer, ScatterplotLayer, SolidPolygonLayer } from '@deck.gl/layers';
import type { Feature, MultiPolygon } from 'geojson';
import type { Ledger, LedgerSite } from '#lib/contract/coverage.ts';
import type { GridProperties } from '#lib/contract/board.ts';
import type { GridFrequency } from '#lib/domain/coverage/low-frequency.ts';
import type { MapOverlay } from '../map/overlays.svelte.ts';

export interface CoverageLayers {
	grids: boolean;
	never: boolean;
	overdue: boolean;
}

interface Patch {
	frequency: GridFrequency;
	polygon: [number, number][][];
}

const HATCH = new FillStyleExtension({ proceduralPattern: true });
const DASHES = new PathStyleExtension({ dash: true, highPrecisionDash: false });
const PATTERNS = { unowned: { type: 'hatch', angle: 45, strokeWidth: 1.5, gap: 7 } } as const;

export function coverageOverlay(
	ledger: Ledger,
	grids: readonly Feature<MultiPolygon, GridProperties>[],
	shown: CoverageLayers,
	onpick: (site: LedgerSite) => void,
): MapOverlay {
	const frequency = new Map(ledger.grids.map((grid) => [grid.id, grid.frequency]));
	const patches = grids.flatMap(({ geometry, properties }): Patch[] => {
		const judged = frequency.get(properties.id);
		if (judged !== 'low' && judged !== 'unowned') return [];
		return geometry.coordinates.map((polygon) => ({
			frequency: judged,
			polygon: polygon as [number, number][][],
		}));
	});
	const never = ledger.sites.filter(({ lastVisitOn }) => lastVisitOn === null);
	const overdue = ledger.sites.filter(({ due, lastVisitOn }) => due.overdueDays > 0 && lastVisitOn !== null);
	return {
		hasOwnSites: shown.never || shown.overdue,
		layers: ({ palette, toBase }) => [
			shown.grids && [
				new SolidPolygonLayer<Patch>({
					id: 'coverage-low',
					data: patches.filter((patch) => patch.frequency === 'low'),
					getPolygon: ({ polygon }) => polygon.map((ring) => ring.map(toBase)),
					getFillColor: [...palette.levelBytes.warning, 70],
				}),
				new SolidPolygonLayer<Patch>({
					id: 'coverage-unowned',
					data: patches.filter((patch) => patch.frequency === 'unowned'),
					getPolygon: ({ polygon }) => polygon.map((ring) => ring.map(toBase)),
					getFillColor: [...palette.levelBytes.unknown, 130],
					extensions: [HATCH],
					...{ fillPatternMapping: PATTERNS, fillPatternSizeUnits: 'pixels', getFillPattern: () => 'unowned' },
				}),
				new PathLayer<Patch>({
					id: 'coverage-grid-line',
					data: patches,
					getPath: ({ polygon }) => polygon[0]!.map(toBase),
					getColor: (patch) => [...palette.levelBytes[patch.frequency === 'low' ? 'warning' : 'unknown'], 220],
					getWidth: 1.6,
					widthUnits: 'pixels',
					extensions: [DASHES],
					...{ getDashArray: [4, 3] },
				}),
			],
			shown.overdue &&
				new ScatterplotLayer<LedgerSite>({
					id: 'coverage-overdue',
					data: overdue,
					getPosition: ({ at }) => toBase(at),
					getRadius: ({ due }) => 6 + Math.min(8, due.overdueDays / 6),
					radiusUnits: 'pixels',
					getFillColor: [...palette.levelBytes.notice, 60],
					getLineColor: [...palette.levelBytes.notice, 230],
					getLineWidth: 2,
					lineWidthUnits: 'pixels',
					stroked: true,
					pickable: true,
				}),
			shown.never &&
				new ScatterplotLayer<LedgerSite>({
					id: 'coverage-never',
					data: never,
					getPosition: ({ at }) => toBase(at),
					getRadius: 8,
					radiusUnits: 'pixels',
					filled: false,
					getLineColor: [...palette.levelBytes.danger, 240],
					getLineWidth: 2.5,
					lineWidthUnits: 'pixels',
					stroked: true,
					pickable: true,
				}),
		],
		press(info) {
			const id = info?.layer?.id;
			if (id !== 'coverage-overdue' && id !== 'coverage-never') return false;
			onpick(info!.object as LedgerSite);
			return true;
		},
	};
}
