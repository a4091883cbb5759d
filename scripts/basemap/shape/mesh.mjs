// Thins outlines that share borders so that they still share them afterwards.

import { thin } from './line.mjs';

const ringsOf = ({ type, coordinates }) => (type === 'Polygon' ? [coordinates] : coordinates);

/**
 * @param features polygons whose common borders have the very same points
 * @param exact index of the one feature whose border stays as it is, on both sides
 */
export function thinTogether(features, toleranceM, plane, exact) {
	const owners = new Map();
	features.forEach(({ geometry }, owner) => {
		for (const ring of ringsOf(geometry).flat()) {
			for (const point of ring) {
				const key = point.join();
				if (!owners.has(key)) owners.set(key, new Set());
				owners.get(key).add(owner);
			}
		}
	});
	const sharing = (point) => [...owners.get(point.join())].sort((a, b) => a - b).join();

	/** Thins the part between two points where the sharing changes, always in the same direction. */
	const thinPart = (part) => {
		const forward = part[0].join() <= part.at(-1).join();
		const xy = (forward ? part : part.toReversed()).map(plane.toXy);
		const inner = part[part.length >> 1];
		if (owners.get(inner.join()).has(exact)) return part;
		const kept = thin(xy, toleranceM).map(plane.toLngLat);
		return forward ? kept : kept.toReversed();
	};

	const thinRing = (ring) => {
		const open = ring.slice(0, -1);
		const isCorner = open.map((point, i) => {
			const [before, after] = [open.at(i - 1), open[(i + 1) % open.length]];
			return sharing(before) !== sharing(point) || sharing(after) !== sharing(point);
		});
		const corners = open.flatMap((_, i) => (isCorner[i] ? [i] : []));
		if (corners.length < 2) {
			const first = open.reduce((low, point, i) => (point.join() < open[low].join() ? i : low), 0);
			const half = (first + (open.length >> 1)) % open.length;
			corners.splice(0, corners.length, ...[first, half].sort((a, b) => a - b));
		}
		const out = [];
		corners.forEach((from, k) => {
			const to = corners[(k + 1) % corners.length];
			const part = to > from ? open.slice(from, to + 1) : [...open.slice(from), ...open.slice(0, to + 1)];
			out.push(...thinPart(part).slice(0, -1));
		});
		return [...out, out[0]];
	};

	return features.map((feature) => ({
		...feature,
		geometry: {
			type: 'MultiPolygon',
			coordinates: ringsOf(feature.geometry)
				.map((rings) => rings.map(thinRing).filter((ring) => ring.length >= 4))
				.filter((rings) => rings.length),
		},
	}));
}
