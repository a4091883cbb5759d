// The shaders of MarkLayer.

import { SHAPES, SIGNS } from './shape-shader.ts';

const block = /* glsl */ `\
layout(std140) uniform marksUniforms {
  float radiusPx;
  float hasSign;
  float calm;
} marks;
`;

export const markUniforms = {
	name: 'marks',
	vs: block,
	fs: block,
	uniformTypes: { radiusPx: 'f32', hasSign: 'f32', calm: 'f32' },
} as const;

export const markVertex = /* glsl */ `#version 300 es
#define SHADER_NAME mark-vertex

in vec2 corners;
in vec2 instancePositions;
in vec2 instancePositionsLow;
in vec4 instanceMarks;
in vec2 instanceOffsets;

out vec2 point;
flat out float radius;
flat out int level;
flat out int kind;
flat out float strength;

void main(void) {
  int state = int(instanceMarks.x * 255.0 + 0.5);
  level = state & 7;
  kind = int(instanceMarks.y * 255.0 + 0.5);
  if ((state & 8) != 0) {
    gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
    return;
  }
  bool isTrouble = level >= 3;
  radius = marks.radiusPx * (level == 5 ? 1.3 : isTrouble ? 1.18 : 1.0);
  strength = isTrouble ? 1.0 : marks.calm;
  float extent = isTrouble ? radius * 2.4 + 2.0 : radius + 1.5;
  point = corners * extent;

  geometry.worldPosition = vec3(instancePositions, 0.0);
  geometry.uv = corners;
  geometry.pickingColor = picking_getPickingColorFromInstanceID();
  gl_Position = project_position_to_clipspace(
    vec3(instancePositions, 0.0), vec3(instancePositionsLow, 0.0), vec3(0.0), geometry.position);
  DECKGL_FILTER_GL_POSITION(gl_Position, geometry);
  vec3 offset = vec3(point + instanceOffsets, 0.0);
  DECKGL_FILTER_SIZE(offset, geometry);
  gl_Position.xy += project_pixel_size_to_clipspace(offset.xy);
  vec4 unused = vec4(0.0);
  DECKGL_FILTER_COLOR(unused, geometry);
}
`;

export const markFragment = /* glsl */ `#version 300 es
#define SHADER_NAME mark-fragment
precision highp float;

in vec2 point;
flat in float radius;
flat in int level;
flat in int kind;
flat in float strength;
out vec4 fragColor;
${SHAPES}${SIGNS}
void main(void) {
  geometry.uv = point / radius;
  bool isSite = kind == 0;
  float edge = levelDistance(level, point, radius, isSite);
  float inside = cover(edge);
  bool isTrouble = level >= 3;
  vec3 colour = levelColour(level);
  vec3 fill = colour;
  float opacity = 1.0;
  if (level == 0) {
    /* A character stands on the symbol of a site and must be read. */
    fill = mix(levels.panel.rgb, colour, (isSite ? 0.28 : 0.72) * stripes(point, max(4.0, radius * 0.5)));
  } else if (level == 1 || (isSite && !isTrouble)) {
    fill = levels.panel.rgb;
    opacity = 0.92;
  }
  bool isRinged = level <= 1 || (isSite && !isTrouble);
  float ringPx = isRinged ? max(1.2, radius * 0.13) : 1.1;
  float ring = cover(-edge - ringPx);
  fill = mix(fill, isRinged ? colour : levels.ground.rgb, ring);
  if (marks.hasSign > 0.5 && !isSite) {
    float lift = level == 4 ? 0.16 : 0.0;
    float sign_ = cover(signDistance(kind, (point + vec2(0.0, lift * radius)) / (radius * (level == 4 ? 0.66 : 0.9))) * radius);
    fill = mix(fill, level <= 1 ? colour : levels.ground.rgb, sign_ * (level == 0 ? 0.0 : 1.0));
  }
  float glow = isTrouble ? (level == 5 ? 0.5 : 0.34) * exp(-max(edge, 0.0) * 3.4 / radius) * cover(length(point) - radius * 2.3) : 0.0;
  float alpha = max(inside * opacity, glow);
  if (bool(picking.isActive)) alpha = inside;
  if (alpha < 0.01) discard;
  fragColor = vec4(mix(colour, fill, inside), alpha * strength * layer.opacity);
  DECKGL_FILTER_COLOR(fragColor, geometry);
}
`;
