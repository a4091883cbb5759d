// Shapes for the fragment shaders: signed distances (negative inside) in pixels or in units of the symbol's radius.
// A level is told by its shape as well as by its colour: disc, diamond, triangle, octagon, hatched when unknown.

export const SHAPES = /* glsl */ `
float boxDistance(vec2 p, vec2 half_) {
  vec2 d = abs(p) - half_;
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0);
}

float triangleDistance(vec2 p, float r) {
  const float k = 1.7320508;
  p.y += 0.18 * r;
  p.x = abs(p.x) - r;
  p.y = p.y + r / k;
  if (p.x + k * p.y > 0.0) p = vec2(p.x - k * p.y, -k * p.x - p.y) / 2.0;
  p.x -= clamp(p.x, -2.0 * r, 0.0);
  return -length(p) * sign(p.y);
}

float octagonDistance(vec2 p, float r) {
  p = abs(p);
  return max(max(p.x, p.y), (p.x + p.y) * 0.70710678) - r;
}

float levelDistance(int level, vec2 p, float r, bool isSite) {
  if (level == 5) return octagonDistance(p, r);
  if (level == 4) return triangleDistance(p, r * 1.08) - 0.8;
  if (level == 3) return (abs(p.x) + abs(p.y)) * 0.70710678 - r * 0.86;
  return isSite ? boxDistance(p, vec2(r * 0.62)) - r * 0.28 : length(p) - r;
}

/* 1 inside, 0 outside, one pixel of slope. */
float cover(float distance_) {
  return clamp(0.5 - distance_, 0.0, 1.0);
}

float stripes(vec2 p, float width) {
  float f = abs(fract((p.x + p.y) * 0.70710678 / width) - 0.5) * width;
  return clamp(f - width * 0.25 + 0.5, 0.0, 1.0);
}
`;

/** What stands inside a symbol, by kind (position in OBJECT_KINDS). Units of the radius. */
export const SIGNS = /* glsl */ `
float arrowDistance(vec2 p) {
  return max(abs(p.x) * 0.9 + p.y * 0.55 - 0.2, -p.y - 0.12);
}

float signDistance(int kind, vec2 p) {
  if (kind == 1) {
    float jib = boxDistance(p - vec2(0.08, 0.28), vec2(0.52, 0.075));
    float mast = boxDistance(p - vec2(-0.12, -0.1), vec2(0.085, 0.46));
    float ballast = boxDistance(p - vec2(-0.38, 0.18), vec2(0.11, 0.11));
    return min(jib, min(mast, ballast));
  }
  if (kind == 2 || kind == 3) return min(arrowDistance(p - vec2(0.0, 0.26)), arrowDistance(vec2(p.x, -p.y) - vec2(0.0, 0.26)));
  if (kind == 4) {
    vec2 a = vec2(-0.32, -0.28), b = vec2(0.42, 0.46);
    float t = clamp(dot(p - a, b - a) / dot(b - a, b - a), 0.0, 1.0);
    return min(length(p - a - t * (b - a)) - 0.085, boxDistance(p - vec2(-0.08, -0.38), vec2(0.44, 0.11)));
  }
  if (kind == 5) {
    float beam = boxDistance(p - vec2(0.0, 0.32), vec2(0.52, 0.085));
    float legs = boxDistance(vec2(abs(p.x) - 0.36, p.y + 0.08), vec2(0.075, 0.4));
    return min(beam, legs);
  }
  if (kind == 6) return min(abs(boxDistance(p, vec2(0.42))) - 0.07, boxDistance(p, vec2(0.12)));
  if (kind == 7) return min(boxDistance(p, vec2(0.4, 0.085)), boxDistance(p, vec2(0.085, 0.4)));
  if (kind == 8) {
    float across = boxDistance(vec2(p.x, abs(p.y) - 0.2), vec2(0.46, 0.07));
    float up = boxDistance(vec2(abs(p.x) - 0.2, p.y), vec2(0.07, 0.46));
    return min(across, up);
  }
  if (kind == 9) {
    float rails = boxDistance(vec2(abs(p.x) - 0.28, p.y), vec2(0.07, 0.5));
    float rungs = min(boxDistance(vec2(p.x, abs(p.y) - 0.28), vec2(0.28, 0.06)), boxDistance(p, vec2(0.28, 0.06)));
    return min(rails, rungs);
  }
  return length(p) - 0.22;
}
`;
