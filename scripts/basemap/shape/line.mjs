// Work on lines in metres: thin them out, round their corners, or run a smooth curve through drawn points.

function offLine([px, py], [ax, ay], [bx, by]) {
	const [dx, dy] = [bx - ax, by - ay];
	const length2 = dx * dx + dy * dy;
	const t = length2 ? Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / length2)) : 0;
	return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}

/** Douglas–Peucker; the ends stay. */
export function thin(points, toleranceM) {
	const keep = new Uint8Array(points.length);
	keep[0] = keep[points.length - 1] = 1;
	const open = [[0, points.length - 1]];
	while (open.length) {
		const [from, to] = open.pop();
		let [worst, at] = [toleranceM, -1];
		for (let i = from + 1; i < to; i++) {
			const off = offLine(points[i], points[from], points[to]);
			if (off > worst) [worst, at] = [off, i];
		}
		if (at > 0) {
			keep[at] = 1;
			open.push([from, at], [at, to]);
		}
	}
	return points.filter((_, i) => keep[i]);
}

/** Chaikin's corner cutting; the ends stay. */
export function roundCorners(points, times) {
	let line = points;
	for (let time = 0; time < times; time++) {
		const next = [line[0]];
		for (let i = 0; i + 1 < line.length; i++) {
			const [[ax, ay], [bx, by]] = [line[i], line[i + 1]];
			next.push([ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25], [ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75]);
		}
		next.push(line.at(-1));
		line = next;
	}
	return line;
}

/** The same for a closed ring (first point = last point). */
export function roundRing(ring, times) {
	let line = ring.slice(0, -1);
	for (let time = 0; time < times; time++) {
		line = line.flatMap(([ax, ay], i) => {
			const [bx, by] = line[(i + 1) % line.length];
			return [
				[ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25],
				[ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75],
			];
		});
	}
	return [...line, line[0]];
}

/** A centripetal Catmull–Rom curve through rows of numbers (x, y and anything else), a row about every `stepM`. */
export function curveThrough(rows, stepM) {
	const out = [];
	const mirror = (a, b) => a.map((value, k) => 2 * value - b[k]);
	for (let i = 0; i + 1 < rows.length; i++) {
		const [p1, p2] = [rows[i], rows[i + 1]];
		const p0 = rows[i - 1] ?? mirror(p1, p2);
		const p3 = rows[i + 2] ?? mirror(p2, p1);
		const gap = (a, b) => Math.max(1, Math.sqrt(Math.hypot(a[0] - b[0], a[1] - b[1])));
		const [t1, t2, t3] = [gap(p0, p1), gap(p0, p1) + gap(p1, p2), gap(p0, p1) + gap(p1, p2) + gap(p2, p3)];
		const steps = Math.max(1, Math.round(Math.hypot(p2[0] - p1[0], p2[1] - p1[1]) / stepM));
		for (let s = 0; s < steps; s++) {
			const t = t1 + ((t2 - t1) * s) / steps;
			const mix = (a, b, ta, tb) => a.map((value, k) => (value * (tb - t) + b[k] * (t - ta)) / (tb - ta));
			const [a1, a2, a3] = [mix(p0, p1, 0, t1), mix(p1, p2, t1, t2), mix(p2, p3, t2, t3)];
			out.push(mix(mix(a1, a2, 0, t2), mix(a2, a3, t1, t3), t1, t2));
		}
	}
	out.push(rows.at(-1));
	return out;
}
