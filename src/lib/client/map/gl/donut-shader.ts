// The shaders of DonutLayer.

import { SHAPES } from './shape-shader.ts';

export const donutVertex = /* glsl */ `#version 300 es
#define SHADER_NAME donut-vertex

in vec2 corners;
in vec2 instancePositions;
in float instanceRadius;
in vec4 instanceGrave;
in vec2 instanceCalm;

out vec2 point;
flat out float radius;
flat out vec4 grave;
flat out vec2 calm;

void main(void) {
  radius = instanceRadius;
  grave = instanceGrave;
  calm = instanceCalm;
  point = corners * (radius * 1.7 + 2.0);
  geometry.worldPosition = vec3(instancePositions, 0.0);
  geometry.uv = corners;
  geometry.pickingColor = picking_getPickingColorFromInstanceID();
  gl_Position = project_position_to_clipspace(vec3(instancePositions, 0.0), vec3(0.0), vec3(0.0), geometry.position);
  DECKGL_FILTER_GL_POSITION(gl_Position, geometry);
  vec3 offset = vec3(point, 0.0);
  DECKGL_FILTER_SIZE(offset, geometry);
  gl_Position.xy += project_pixel_size_to_clipspace(offset.xy);
  vec4 unused = vec4(0.0);
  DECKGL_FILTER_COLOR(unused, geometry);
}
`;

export const donutFragment = /* glsl */ `#version 300 es
#define SHADER_NAME donut-fragment
precision highp float;

in vec2 point;
flat in float radius;
flat in vec4 grave;
flat in vec2 calm;
out vec4 fragColor;
${SHAPES}
const float TURN = 6.28318531;

void main(void) {
  geometry.uv = point / radius;
  float away = length(point);
  float part = fract(atan(point.x, point.y) / TURN + 1.0);
  float ends[6];
  ends[0] = grave.x;
  ends[1] = ends[0] + grave.y;
  ends[2] = ends[1] + grave.z;
  ends[3] = ends[2] + grave.w;
  ends[4] = ends[3] + calm.x;
  ends[5] = ends[4] + calm.y;
  int order[6] = int[6](5, 4, 3, 0, 2, 1);

  int level = 1;
  float start = 0.0;
  float gap = 1.0;
  int parts = 0;
  for (int i = 5; i >= 0; i--) {
    float from = i == 0 ? 0.0 : ends[i - 1];
    if (ends[i] - from < 0.0005) continue;
    parts++;
    if (part < ends[i]) level = order[i];
    float side = abs(part - from);
    gap = min(gap, min(side, 1.0 - side));
  }
  float thickness = max(4.5, radius * 0.27);
  float edge = abs(away - radius + thickness * 0.5) - thickness * 0.5;
  float ring = cover(edge);
  if (parts > 1) ring *= clamp(gap * TURN * away - 0.6, 0.0, 1.0);
  vec3 colour = levelColour(level);
  if (level == 0) colour = mix(levels.panel.rgb, colour, 0.25 + 0.75 * stripes(point, 5.0));

  int worst = grave.x > 0.0 ? 5 : grave.y > 0.0 ? 4 : grave.z > 0.0 ? 3 : 0;
  float core = cover(away - radius + thickness - 0.5);
  float body = cover(away - radius);
  float outside = max(away - radius, 0.0);
  float glow = worst >= 4 ? (worst == 5 ? 0.55 : 0.32) * exp(-outside * 4.2 / radius) * cover(away - radius * 1.65) : 0.0;

  vec3 shown = mix(worst >= 4 ? levelColour(worst) : levels.panel.rgb, levels.panel.rgb, body);
  shown = mix(shown, colour, ring);
  float alpha = max(max(body * 0.94, core), glow);
  if (bool(picking.isActive)) alpha = body;
  if (alpha < 0.01) discard;
  fragColor = vec4(shown, alpha * layer.opacity);
  DECKGL_FILTER_COLOR(fragColor, geometry);
}
`;
