// The shaders of CraneLayer: a tower crane from above, to scale. The ring is the reach of the jib, the arm its slew.

import { SHAPES } from './shape-shader.ts';

const block = /* glsl */ `\
layout(std140) uniform cranesUniforms {
  float linePx;
  float ringOpacity;
  float tenths;
} cranes;
`;

export const craneUniforms = {
	name: 'cranes',
	vs: block,
	fs: block,
	uniformTypes: { linePx: 'f32', ringOpacity: 'f32', tenths: 'f32' },
} as const;

export const craneVertex = /* glsl */ `#version 300 es
#define SHADER_NAME crane-vertex

in vec2 corners;
in vec2 instancePositions;
in vec2 instancePositionsLow;
in vec4 instanceMarks;
in vec4 instanceTurns;
in float instanceRadius;

out vec2 point;
flat out float reach;
flat out int level;
flat out vec2 heading;

// Tenths of a degree now, on the way to the newest reading; see crane-turns.ts.
float turning(float reading) {
  ivec4 turn = ivec4(floor(instanceTurns * 255.0 + 0.5));
  int from = turn.x | ((turn.y & 15) << 8);
  if (from == 4095 || cranes.tenths < 0.0 || level == 0) return reading;
  float lasts = float(turn.y >> 4) * 5.0;
  float elapsed = mod(cranes.tenths - float(turn.z | (turn.w << 8)) + 65536.0, 65536.0);
  if (elapsed >= lasts) return reading;
  float way = mod(reading - float(from) + 5400.0, 3600.0) - 1800.0;
  return mod(float(from) + way * elapsed / lasts + 3600.0, 3600.0);
}

void main(void) {
  vec4 bytes = floor(instanceMarks * 255.0 + 0.5);
  int state = int(bytes.x);
  level = state & 7;
  if ((state & 8) != 0 || instanceRadius <= 0.0) {
    gl_Position = vec4(0.0, 0.0, 2.0, 1.0);
    return;
  }
  float slew = bytes.z > 254.5 ? -1.0 : turning(bytes.z * 256.0 + bytes.w);
  heading = slew < 0.0 ? vec2(0.0) : vec2(sin(radians(slew * 0.1)), cos(radians(slew * 0.1)));
  reach = project_size_to_pixel(instanceRadius);
  point = corners * (reach + 3.0);

  geometry.worldPosition = vec3(instancePositions, 0.0);
  geometry.uv = corners;
  geometry.pickingColor = picking_getPickingColorFromInstanceID();
  vec3 offset = vec3(project_pixel_size(point), 0.0);
  DECKGL_FILTER_SIZE(offset, geometry);
  gl_Position = project_position_to_clipspace(
    vec3(instancePositions, 0.0), vec3(instancePositionsLow, 0.0), offset, geometry.position);
  DECKGL_FILTER_GL_POSITION(gl_Position, geometry);
  vec4 unused = vec4(0.0);
  DECKGL_FILTER_COLOR(unused, geometry);
}
`;

export const craneFragment = /* glsl */ `#version 300 es
#define SHADER_NAME crane-fragment
precision highp float;

in vec2 point;
flat in float reach;
flat in int level;
flat in vec2 heading;
out vec4 fragColor;
${SHAPES}
void main(void) {
  geometry.uv = point / reach;
  vec3 colour = levelColour(level);
  float line = cranes.linePx;
  bool isTrouble = level >= 3;
  bool isKnown = level >= 2;
  float away = length(point);

  float ring = cover(abs(away - reach) - (isTrouble ? line * 0.85 : line * 0.45));
  if (level == 0) {
    float turn = atan(point.y, point.x) * reach / 9.0;
    ring *= step(0.42, fract(turn));
  }
  float alpha = ring * (isTrouble ? 1.0 : cranes.ringOpacity);

  float disc = cover(away - reach);
  if (isTrouble) alpha = max(alpha, disc * mix(0.05, 0.2, smoothstep(0.3, 1.0, away / reach)));
  else if (level == 0) alpha = max(alpha, disc * 0.2 * stripes(point, 9.0));
  else if (isKnown) alpha = max(alpha, disc * 0.05);

  if (level != 1 && heading != vec2(0.0)) {
    float along = dot(point, heading);
    float aside = abs(dot(point, vec2(heading.y, -heading.x)));
    float taper = mix(2.0, 0.75, clamp(along / reach, 0.0, 1.0)) * line;
    float jib = max(aside - taper, max(-along, along - reach));
    float back = max(aside - line * 1.7, max(along, -along - reach * 0.26));
    float ballast = boxDistance(vec2(along + reach * 0.22, aside), vec2(reach * 0.055, line * 2.6));
    float arm = cover(min(jib, min(back, ballast)));
    alpha = max(alpha, arm * (isKnown ? 1.0 : 0.5));
  }
  float mast = boxDistance(point, vec2(max(2.5, line * 2.2)));
  alpha = max(alpha, cover(mast));
  if (alpha < 0.01) discard;
  if (bool(picking.isActive)) alpha = 1.0;
  vec3 shown = mix(colour, levels.ground.rgb, cover(mast + 1.4) * 0.85);
  fragColor = vec4(shown, alpha * layer.opacity);
  DECKGL_FILTER_COLOR(fragColor, geometry);
}
`;
