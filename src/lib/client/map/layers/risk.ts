// Risk cells for leaders: four colours, none of them green; cells with too few sites are hatched.

import { FillStyleExtension } from '@deck.gl/extensions';
import { SolidPolygonLayer, PathLayer, TextLayer } from '@deck.gl/layers';
import { cellToBoundary, cellToLatLng } from 'h3-js';
import type { RiskCell } from '#lib/domain/risk/cells.ts';
import { textStyle } from '../gl/text.ts';
import type { MapPalette } from '../map-palette.ts';

const HATCH = new FillStyleExtension({ proceduralPattern: true });
const PATTERNS = { few: { type: 'hatch', angle: 45, strokeWidth: 1.5, gap: 6 } } as const;

/**
 * @param toBase - a WGS 84 position on the datum of the base map
 * @param hasRoom - a masked cell is large enough to say why
 */
export function riskLayers(
	cells: readonly RiskCell[],
	toBase: (at: [number, number]) => [number, number],
	words: { insufficient: string },
	hasRoom: boolean,
	palette: MapPalette,
) {
	const ring = ({ cell }: RiskCell) => cellToBoundary(cell, true).map((at) => toBase(at as [number, number]));
	const judged = cells.filter(({ band }) => band !== 'insufficient');
	const masked = cells.filter(({ band }) => band === 'insufficient');
	return [
		new SolidPolygonLayer<RiskCell>({
			id: 'risk-cell',
			data: judged,
			getPolygon: ring,
			getFillColor: ({ band }) => [...palette.riskBytes[band], 105],
			pickable: true,
			updateTriggers: { getFillColor: palette },
		}),
		new SolidPolygonLayer<RiskCell>({
			id: 'risk-few',
			data: masked,
			getPolygon: ring,
			getFillColor: [...palette.riskBytes.insufficient, 120],
			pickable: true,
			extensions: [HATCH],
			...{ fillPatternMapping: PATTERNS, fillPatternSizeUnits: 'pixels', getFillPattern: () => 'few' },
		}),
		new PathLayer<RiskCell>({
			id: 'risk-line',
			data: cells,
			getPath: ring,
			getColor: ({ band }) => [...palette.riskBytes[band], 200],
			getWidth: 1.2,
			widthUnits: 'pixels',
			updateTriggers: { getColor: palette },
		}),
		new TextLayer<RiskCell>({
			...textStyle(palette),
			id: 'risk-count',
			data: hasRoom ? cells : judged,
			getPosition: ({ cell }) => {
				const [lat, lng] = cellToLatLng(cell);
				return toBase([lng, lat]);
			},
			getText: ({ band, siteCount }) => (band === 'insufficient' ? words.insufficient : String(siteCount)),
			getSize: ({ band }) => (band === 'insufficient' ? 10 : 13),
			getColor: ({ band }) => [...(band === 'insufficient' ? palette.muted : palette.text), 235],
			updateTriggers: { getColor: palette, getText: words },
		}),
	];
}
