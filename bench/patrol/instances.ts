// Published instances read as patrol problems, and what is known of them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../src/lib/domain/patrol/problem.ts';

/** Solomon, 100 customers. */
export const SMALL = words('C101 R101 R104 R108 R112 C109 RC104 RC108 RC201 RC204 RC208 R208 R211 C208');
/** Gehring and Homberger, 200 customers. */
export const LARGE = words(
	'C1_2_1 C1_2_4 C1_2_9 R1_2_1 R1_2_4 R1_2_8 RC1_2_1 RC1_2_5 RC1_2_9 RC2_2_1 RC2_2_4 RC2_2_8 R2_2_4 C2_2_4',
);
/** The same with a prize for every visit, which may be left out; nobody has published best values. */
export const PRIZED = words('PC_C1_2_4 PC_C2_2_4 PC_R112 PC_R1_2_4 PC_R2_2_4 PC_RC108 PC_RC1_2_5 PC_RC2_2_4');
/** Team orienteering with the values of the literature for one, two and four teams. */
export const ORIENTEERING = [
	{ name: 'c101', values: [320, 590, 1020] },
	{ name: 'r101', values: [198, 349, 611] },
	{ name: 'pr01', values: [308, 502, 657] },
].flatMap(({ name, values }) => values.map((best, i) => ({ name, teams: 2 ** i, best })));

interface RoutingFile {
	n: number;
	xy: [number, number][];
	d: number[];
	a: number[];
	b: number[];
	s: number[];
	cap: number;
	veh: number;
	bks?: number;
	p?: number[];
}

/** Times and distances in tenths, cut off: the rounding the best known values are meant for. */
export function readRouting(folder: string, name: string): { problem: Problem; best: number | undefined } {
	const file = JSON.parse(readFileSync(join(folder, 'vrptw', `${name}.json`), 'utf8')) as RoutingFile;
	const { n, xy, d, a, b, s, p } = file;
	const table = xy.map(([x, y]) => xy.map(([u, v]) => Math.trunc(10 * Math.hypot(x - u, y - v))));
	const teams = Array.from({ length: file.veh }, (_, no) => ({
		id: `t${no}`,
		from: '0',
		to: '0',
		shift: [a[0]!, b[0]!] as [number, number],
		capacity: file.cap,
	}));
	const visits = Array.from({ length: n - 1 }, (_, i) => ({
		id: String(i + 1),
		place: String(i + 1),
		minutes: s[i + 1]!,
		windows: [[a[i + 1]!, b[i + 1]!]] as [number, number][],
		load: d[i + 1]!,
		...(p ? { must: false, prize: p[i + 1]! } : {}),
	}));
	const places = xy.map((_, no) => ({ id: String(no) }));
	return {
		problem: { places, matrix: { minutes: table, km: table }, teams, visits, weights: { km: 1 } },
		best: file.bks,
	};
}

/** Distances with one decimal on Solomon’s instances and two on Cordeau’s, cut off, as the literature does. */
export function readOrienteering(folder: string, name: string, teamCount: number): Problem {
	const lines = readFileSync(join(folder, 'toptw', `${name}.txt`), 'utf8')
		.split('\n')
		.slice(2);
	const rows = lines.map((line) => line.trim().split(/\s+/).map(Number)).filter((row) => row.length > 6);
	const decimals = name.startsWith('pr') ? 100 : 10;
	const table = rows.map((from) =>
		rows.map((to) => Math.trunc(decimals * Math.hypot(from[1]! - to[1]!, from[2]! - to[2]!)) / decimals),
	);
	const [depot, ...sites] = rows;
	return {
		places: rows.map((_, no) => ({ id: String(no) })),
		matrix: { minutes: table, km: table },
		teams: Array.from({ length: teamCount }, (_, no) => ({
			id: `t${no}`,
			from: '0',
			to: '0',
			shift: [depot!.at(-2)!, depot!.at(-1)!] as [number, number],
		})),
		visits: sites.map((row, i) => ({
			id: String(i + 1),
			place: String(i + 1),
			minutes: row[3]!,
			windows: [[row.at(-2)!, row.at(-1)!]] as [number, number][],
			must: false,
			prize: row[4]!,
		})),
		weights: {},
	};
}

function words(text: string): string[] {
	return text.split(' ');
}
