// Symbols of a fixed size on the screen, drawn from four bytes per object: shape and pattern by level, sign by kind,
// glow where there is trouble. The palette is a setting of the layer, so a change of theme recalculates nothing.

import { color, picking, project32, type DefaultProps, type LayerProps } from '@deck.gl/core';
import type { MapPalette } from '../map-palette.ts';
import type { MarkData } from '../mark-table.ts';
import { levelUniforms, levelUniformsOf } from './level-uniforms.ts';
import { markFragment, markUniforms, markVertex } from './mark-shader.ts';
import { SquareLayer } from './square-layer.ts';

interface OwnProps {
	data: MarkData;
	palette: MapPalette;
	/** Radius of a calm symbol, pixels; trouble is drawn larger. */
	radiusPx: number;
	/** Draws the sign of the kind inside; off for small symbols. */
	hasSign: boolean;
	/** Opacity of calm symbols, so that trouble stands out. */
	calm: number;
	getPosition: unknown;
	getPositionLow: unknown;
	getMark: unknown;
	getOffset: unknown;
}
export type MarkLayerProps = OwnProps & LayerProps;

const defaultProps: DefaultProps<MarkLayerProps> = {
	radiusPx: 6,
	hasSign: false,
	calm: 1,
	getPosition: { type: 'accessor', value: [0, 0] },
	getPositionLow: { type: 'accessor', value: [0, 0] },
	getMark: { type: 'accessor', value: [0, 0, 0, 0] },
	getOffset: { type: 'accessor', value: [0, 0] },
};

export class MarkLayer extends SquareLayer<Required<OwnProps>> {
	static override layerName = 'MarkLayer';
	static override defaultProps = defaultProps;

	override getShaders() {
		return super.getShaders({
			vs: markVertex,
			fs: markFragment,
			modules: [project32, color, picking, levelUniforms, markUniforms],
		});
	}

	override initializeState(): void {
		this.getAttributeManager()!.addInstanced({
			instancePositions: { size: 2, type: 'float32', accessor: 'getPosition' },
			instancePositionsLow: { size: 2, type: 'float32', accessor: 'getPositionLow' },
			instanceMarks: { size: 4, type: 'unorm8', accessor: 'getMark' },
			instanceOffsets: { size: 2, type: 'float32', accessor: 'getOffset' },
		});
	}

	override draw(): void {
		const { palette, radiusPx, hasSign, calm } = this.props;
		const marks = { radiusPx, hasSign: hasSign ? 1 : 0, calm };
		this.drawSquares({ levels: levelUniformsOf(palette), marks });
	}
}
