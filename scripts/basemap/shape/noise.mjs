// Smooth repeatable noise in the plane, from -1 to 1: the same seed gives the same landscape on every machine.

function corner(x, y, seed) {
	let h = (Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(seed, 2147483647)) | 0;
	h = Math.imul(h ^ (h >>> 13), 1274126177);
	return ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1;
}

const ease = (t) => t * t * (3 - 2 * t);

export function noise(x, y, seed) {
	const [x0, y0] = [Math.floor(x), Math.floor(y)];
	const [u, v] = [ease(x - x0), ease(y - y0)];
	const low = corner(x0, y0, seed) * (1 - u) + corner(x0 + 1, y0, seed) * u;
	const high = corner(x0, y0 + 1, seed) * (1 - u) + corner(x0 + 1, y0 + 1, seed) * u;
	return low * (1 - v) + high * v;
}
