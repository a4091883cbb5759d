// Borders of a raster of labels as lines that neighbours share, so that what is smoothed once fits on both sides.

/**
 * @param labels Int16Array, row by row from the south; -1 is outside
 * @param shape what is done to a border line (rows of [column, row] corners) before rings are made of it
 * @returns rings by label, and every border between two labels once: `{ left, right, line }`
 */
export function traceLabels(labels, columns, rows, shape) {
	const at = (c, r) => (c < 0 || r < 0 || c >= columns || r >= rows ? -1 : labels[r * columns + c]);
	const width = columns + 1;
	// Unit edges leave a corner in one of four directions; the label on the left and on the right of each.
	const STEPS = [
		[1, 0],
		[0, 1],
		[-1, 0],
		[0, -1],
	];
	const sidesOf = (c, r, d) =>
		d === 0
			? [at(c, r), at(c, r - 1)]
			: d === 1
				? [at(c - 1, r), at(c, r)]
				: d === 2
					? [at(c - 1, r - 1), at(c - 1, r)]
					: [at(c, r - 1), at(c - 1, r - 1)];
	const exits = (c, r) => [0, 1, 2, 3].filter((d) => sidesOf(c, r, d)[0] !== sidesOf(c, r, d)[1]);

	const used = new Set();
	const lines = [];
	const follow = (c, r, d) => {
		const [left, right] = sidesOf(c, r, d);
		const line = [[c, r]];
		for (;;) {
			used.add((r * width + c) * 4 + d);
			const [dc, dr] = STEPS[d];
			[c, r] = [c + dc, r + dr];
			used.add((r * width + c) * 4 + ((d + 2) % 4));
			line.push([c, r]);
			const ways = exits(c, r);
			if (ways.length !== 2) break;
			const back = (d + 2) % 4;
			d = ways.find((way) => way !== back);
			if (used.has((r * width + c) * 4 + d)) break;
		}
		lines.push({ left, right, line });
	};
	for (const nodesOnly of [true, false]) {
		for (let r = 0; r <= rows; r++) {
			for (let c = 0; c <= columns; c++) {
				const ways = exits(c, r);
				if (nodesOnly && ways.length < 3) continue;
				for (const d of ways) if (!used.has((r * width + c) * 4 + d)) follow(c, r, d);
			}
		}
	}

	const directed = new Map();
	const borders = [];
	for (const { left, right, line } of lines) {
		const ends = [line[0].join(), line.at(-1).join()];
		const shaped = shape(line);
		if (left >= 0 && right >= 0) borders.push({ left, right, line: shaped });
		for (const [label, points, from, to] of [
			[left, shaped, ends[0], ends[1]],
			[right, shaped.slice().reverse(), ends[1], ends[0]],
		]) {
			if (label < 0) continue;
			if (!directed.has(label)) directed.set(label, []);
			directed.get(label).push({ points, from, to });
		}
	}
	const rings = new Map([...directed].sort(([a], [b]) => a - b).map(([label, parts]) => [label, stitch(parts)]));
	return { rings, borders };
}

function stitch(parts) {
	const rings = [];
	const open = [...parts];
	while (open.length) {
		const first = open.shift();
		const ring = [...first.points];
		let end = first.to;
		while (end !== first.from) {
			const next = open.findIndex((part) => part.from === end);
			if (next < 0) throw new Error('A border does not close.');
			const [part] = open.splice(next, 1);
			ring.push(...part.points.slice(1));
			end = part.to;
		}
		rings.push(ring);
	}
	return rings;
}
