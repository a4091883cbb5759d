// What layers share that draw one square per object and decide in the shader what of it is seen.

import { Layer, type UpdateParameters } from '@deck.gl/core';
import { Geometry, Model } from '@luma.gl/engine';

const CORNERS = new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]);
type Uniforms = Parameters<Model['shaderInputs']['setProps']>[0];

export abstract class SquareLayer<Props extends object> extends Layer<Props> {
	static override layerName = 'SquareLayer';
	declare state: { model?: Model };

	/** The model is made once, and anew when extensions change the shaders. */
	override updateState(params: UpdateParameters<this>): void {
		super.updateState(params);
		if (!params.changeFlags.extensionsChanged) return;
		this.state.model?.destroy();
		this.state.model = new Model(this.context.device, {
			...this.getShaders({}),
			id: this.props.id,
			bufferLayout: this.getAttributeManager()!.getBufferLayouts(),
			geometry: new Geometry({
				topology: 'triangle-strip',
				attributes: { corners: { size: 2, value: CORNERS } },
			}),
			isInstanced: true,
		});
		this.getAttributeManager()!.invalidateAll();
	}

	protected drawSquares(uniforms: Uniforms): void {
		const { model } = this.state;
		model!.shaderInputs.setProps(uniforms);
		model!.draw(this.context.renderPass);
	}
}
