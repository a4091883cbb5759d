// Tower cranes to scale, from the same four bytes as MarkLayer and the length of the jib.

import { color, picking, project32, type DefaultProps, type LayerProps } from '@deck.gl/core';
import type { MapPalette } from '../map-palette.ts';
import type { MarkData } from '../mark-table.ts';
import { CLOCK_TENTHS } from '../crane-turns.ts';
import { craneFragment, craneUniforms, craneVertex } from './crane-shader.ts';
import { levelUniforms, levelUniformsOf } from './level-uniforms.ts';
import { SquareLayer } from './square-layer.ts';

interface OwnProps {
	data: MarkData;
	palette: MapPalette;
	/** Width of a thin line, pixels. */
	linePx: number;
	ringOpacity: number;
	getPosition: unknown;
	getPositionLow: unknown;
	getMark: unknown;
	getTurn: unknown;
	/** Moment of the page until which jibs travel; null where they may not. */
	turns: { readonly untilMs: number } | null;
	/** Metres; 0 where the jib is not known: nothing is drawn then. */
	getRadius: unknown;
}
export type CraneLayerProps = OwnProps & LayerProps;

const defaultProps: DefaultProps<CraneLayerProps> = {
	linePx: 1.5,
	ringOpacity: 0.4,
	getPosition: { type: 'accessor', value: [0, 0] },
	getPositionLow: { type: 'accessor', value: [0, 0] },
	getMark: { type: 'accessor', value: [0, 0, 0, 0] },
	getTurn: { type: 'accessor', value: [1, 1, 1, 1] },
	turns: { type: 'object', value: null, optional: true },
	getRadius: { type: 'accessor', value: 0 },
};

export class CraneLayer extends SquareLayer<Required<OwnProps>> {
	static override layerName = 'CraneLayer';
	static override defaultProps = defaultProps;

	override getShaders() {
		return super.getShaders({
			vs: craneVertex,
			fs: craneFragment,
			modules: [project32, color, picking, levelUniforms, craneUniforms],
		});
	}

	override initializeState(): void {
		this.getAttributeManager()!.addInstanced({
			instancePositions: { size: 2, type: 'float32', accessor: 'getPosition' },
			instancePositionsLow: { size: 2, type: 'float32', accessor: 'getPositionLow' },
			instanceMarks: { size: 4, type: 'unorm8', accessor: 'getMark' },
			instanceTurns: { size: 4, type: 'unorm8', accessor: 'getTurn' },
			instanceRadius: { size: 1, type: 'float32', accessor: 'getRadius' },
		});
	}

	override draw(): void {
		const { palette, linePx, ringOpacity, turns } = this.props;
		const nowMs = performance.now();
		const tenths = turns ? (nowMs / 100) % CLOCK_TENTHS : -1;
		this.drawSquares({ levels: levelUniformsOf(palette), cranes: { linePx, ringOpacity, tenths } });
		if (turns && nowMs < turns.untilMs) this.setNeedsRedraw();
	}
}
