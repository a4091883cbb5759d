// Clusters as donuts: a ring divided by level, the gravest first from the top, with a glow when one of them is grave.

import { color, picking, project32, type DefaultProps, type LayerProps } from '@deck.gl/core';
import type { MapPalette } from '../map-palette.ts';
import { donutFragment, donutVertex } from './donut-shader.ts';
import { levelUniforms, levelUniformsOf } from './level-uniforms.ts';
import { SquareLayer } from './square-layer.ts';

/** A cluster as it is drawn. */
export interface Donut {
	at: [number, number];
	radiusPx: number;
	/** Parts of one, in the order danger, warning, notice, unknown. */
	grave: [number, number, number, number];
	/** Parts of one: normal, off. */
	calm: [number, number];
}

interface OwnProps {
	data: readonly Donut[];
	palette: MapPalette;
	getPosition: (donut: Donut) => [number, number];
	getRadius: (donut: Donut) => number;
	getGrave: (donut: Donut) => [number, number, number, number];
	getCalm: (donut: Donut) => [number, number];
}
export type DonutLayerProps = Pick<OwnProps, 'data' | 'palette'> & LayerProps;

const defaultProps: DefaultProps<OwnProps & LayerProps> = {
	getPosition: { type: 'accessor', value: ({ at }: Donut) => at },
	getRadius: { type: 'accessor', value: ({ radiusPx }: Donut) => radiusPx },
	getGrave: { type: 'accessor', value: ({ grave }: Donut) => grave },
	getCalm: { type: 'accessor', value: ({ calm }: Donut) => calm },
};

export class DonutLayer extends SquareLayer<Required<OwnProps>> {
	static override layerName = 'DonutLayer';
	static override defaultProps = defaultProps;

	override getShaders() {
		return super.getShaders({
			vs: donutVertex,
			fs: donutFragment,
			modules: [project32, color, picking, levelUniforms],
		});
	}

	override initializeState(): void {
		this.getAttributeManager()!.addInstanced({
			instancePositions: { size: 2, type: 'float32', accessor: 'getPosition' },
			instanceRadius: { size: 1, type: 'float32', accessor: 'getRadius' },
			instanceGrave: { size: 4, type: 'float32', accessor: 'getGrave' },
			instanceCalm: { size: 2, type: 'float32', accessor: 'getCalm' },
		});
	}

	override draw(): void {
		this.drawSquares({ levels: levelUniformsOf(this.props.palette) });
	}
}
