// The borders of many areas as lines: each drawn once, thinned once, and none beside a line that is drawn anyway.

import { thin } from './line.mjs';

const ringsOf = ({ type, coordinates }) => (type === 'Polygon' ? coordinates : coordinates.flat());

/** Metres from a point to the nearest of many segments, or Infinity when farther than a cell of the index. */
function nearnessTo(rings, cellM) {
	const cells = new Map();
	const key = ([x, y]) => `${Math.floor(x / cellM)},${Math.floor(y / cellM)}`;
	for (const ring of rings) {
		for (let i = 0; i + 1 < ring.length; i++) {
			const [[ax, ay], [bx, by]] = [ring[i], ring[i + 1]];
			const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / (cellM / 4)) || 1;
			for (let s = 0; s <= steps; s++) {
				const at = [ax + ((bx - ax) * s) / steps, ay + ((by - ay) * s) / steps];
				const home = key(at);
				if (!cells.has(home)) cells.set(home, []);
				cells.get(home).push(at);
			}
		}
	}
	return ([x, y]) => {
		let least = Infinity;
		for (const dx of [-cellM, 0, cellM]) {
			for (const dy of [-cellM, 0, cellM]) {
				for (const [px, py] of cells.get(key([x + dx, y + dy])) ?? []) {
					least = Math.min(least, Math.hypot(px - x, py - y));
				}
			}
		}
		return least;
	};
}

/**
 * @param features areas whose common borders have the very same points
 * @param besides an area whose outline is drawn elsewhere: borders nearer to it than `clearM` are left out
 * @returns lines in degrees
 */
export function bordersOf(features, besides, { toleranceM, clearM }, plane) {
	const nearness = nearnessTo(
		ringsOf(besides.geometry).map((ring) => ring.map(plane.toXy)),
		clearM,
	);
	const seen = new Set();
	const lines = [];
	for (const ring of features.flatMap(({ geometry }) => ringsOf(geometry))) {
		let run = [];
		const close = () => {
			if (run.length > 1) lines.push(thin(run, toleranceM).map(plane.toLngLat));
			run = [];
		};
		for (let i = 0; i + 1 < ring.length; i++) {
			const [a, b] = [ring[i], ring[i + 1]];
			const segment = [a.join(), b.join()].sort().join(' ');
			const [from, to] = [a, b].map(plane.toXy);
			if (seen.has(segment) || (nearness(from) < clearM && nearness(to) < clearM)) close();
			else run.push(...(run.length ? [to] : [from, to]));
			seen.add(segment);
		}
		close();
	}
	return lines;
}
