// The colours of the levels as uniforms of a shader, shared by every layer that draws levels.

import type { MapPalette } from '../map-palette.ts';

type Vec4 = [number, number, number, number];

export interface LevelUniforms extends Record<string, Vec4> {
	unknown: Vec4;
	off: Vec4;
	normal: Vec4;
	notice: Vec4;
	warning: Vec4;
	danger: Vec4;
	ground: Vec4;
	panel: Vec4;
}

const block = /* glsl */ `\
layout(std140) uniform levelsUniforms {
  vec4 unknown;
  vec4 off;
  vec4 normal;
  vec4 notice;
  vec4 warning;
  vec4 danger;
  vec4 ground;
  vec4 panel;
} levels;
`;

const colourOf = /* glsl */ `\
vec3 levelColour(int level) {
  if (level == 5) return levels.danger.rgb;
  if (level == 4) return levels.warning.rgb;
  if (level == 3) return levels.notice.rgb;
  if (level == 2) return levels.normal.rgb;
  return level == 1 ? levels.off.rgb : levels.unknown.rgb;
}
`;

export const levelUniforms = {
	name: 'levels',
	vs: block,
	fs: block + colourOf,
	uniformTypes: {
		unknown: 'vec4<f32>',
		off: 'vec4<f32>',
		normal: 'vec4<f32>',
		notice: 'vec4<f32>',
		warning: 'vec4<f32>',
		danger: 'vec4<f32>',
		ground: 'vec4<f32>',
		panel: 'vec4<f32>',
	},
} as const;

export function levelUniformsOf({ levels, ground, panel }: MapPalette): LevelUniforms {
	return { ...levels, ground, panel };
}
