// The water model beside the same scheme in plain JavaScript, two workers beside one, fill and drainage beside GRASS.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { drainage } from '../../src/lib/domain/flood/water/drainage.ts';
import { fillByRain } from '../../src/lib/domain/flood/water/filling.ts';
import { depressionHierarchy } from '../../src/lib/domain/flood/water/hierarchy.ts';
import { standingWater } from '../../src/lib/domain/flood/water/standing-water.ts';
import type { Terrain } from '../../src/lib/domain/flood/water/terrain.ts';
import { WaterSheet } from '../../src/lib/domain/flood/water/water-sheet.ts';
import { median, type BenchRow } from '../result.ts';
import { plainFlood } from './plain-flood.ts';
import { PlainSheet } from './plain-sheet.ts';
import { STORM, stormGround } from './storm.ts';

export async function waterRows(): Promise<BenchRow[]> {
	const terrain = stormGround();
	return [besidePlain(terrain), ...storm(terrain), await twoWorkers(terrain), besideGrass(terrain)];
}

/** Alternating portions on the same wet ground, so that both are slowed alike by what else the machine does. */
function besidePlain(terrain: Terrain): BenchRow {
	const cells = terrain.width * terrain.height;
	const ours = new WaterSheet(terrain, { manning: STORM.manning, edge: 'wall' });
	const plain = new PlainSheet(terrain, STORM.manning);
	const STEPS = 8;
	const rates = { ours: [] as number[], plain: [] as number[] };
	for (let round = 0; round < 6; round++) {
		const stepS = ours.stableStepS();
		const [oursS, plainS] = [ours, plain].map((sheet) => {
			const since = cpu();
			for (let i = 0; i < STEPS; i++) sheet.step(stepS, STORM.rainMmH);
			return since();
		});
		if (round === 0) continue;
		rates.ours.push((cells * STEPS) / oursS! / 1e6);
		rates.plain.push((cells * STEPS) / plainS! / 1e6);
	}
	const [fast, slow] = [median(rates.ours), median(rates.plain)];
	return row(
		'water: cell updates a second of CPU',
		`${fast.toFixed(0)} M`,
		`plain JavaScript ${slow.toFixed(0)} M`,
		fast / slow,
		3.5,
		'least',
	);
}

function storm(terrain: Terrain): BenchRow[] {
	const sheet = new WaterSheet(terrain, { manning: STORM.manning, edge: 'open' });
	const since = cpu();
	const end = STORM.hours * 3600;
	while (sheet.timeS < end - 1e-6) sheet.step(Math.min(sheet.stableStepS(), end - sheet.timeS), STORM.rainMmH);
	const seconds = since();
	const error = Math.abs(sheet.massError());
	return [
		row(
			`one hour of ${STORM.rainMmH} mm over 1,406 km² in cells of 30 m, one core`,
			`${seconds.toFixed(1)} s, ${sheet.steps} steps`,
			'limit 15 s',
			seconds / 15,
			1,
			'most',
		),
		row('water lost or made in that hour, of all rain', error.toExponential(1), 'limit 1e-6', error / 1e-6, 1, 'most'),
	];
}

async function twoWorkers(terrain: Terrain): Promise<BenchRow> {
	const STEPS = 120;
	const times = { one: [] as number[], two: [] as number[] };
	for (let round = 0; round < 3; round++) {
		times.one.push(await bands([{ terrain }], STEPS));
		const half = terrain.height / 2;
		const part = (from: number, to: number): Terrain => ({
			...terrain,
			height: to - from,
			groundM: terrain.groundM.slice(from * terrain.width, to * terrain.width),
		});
		const { port1, port2 } = new MessageChannel();
		times.two.push(
			await bands(
				[
					{ terrain: part(0, half + 2), side: 'south', link: port1 },
					{ terrain: part(half - 2, terrain.height), side: 'north', link: port2 },
				],
				STEPS,
			),
		);
	}
	const [one, two] = [median(times.one), median(times.two)];
	return row(
		'water: two workers beside one, by the clock',
		`${(two / STEPS).toFixed(1)} ms a step`,
		`${(one / STEPS).toFixed(1)} ms`,
		one / two,
		1.6,
		'least',
	);
}

/** Milliseconds that the workers take for their steps, from a common start to the last one's end. */
async function bands(parts: { terrain: Terrain; side?: string; link?: MessagePort }[], steps: number): Promise<number> {
	const workers = parts.map(
		(part) =>
			new Worker(new URL('./band-entry.mjs', import.meta.url), {
				workerData: { ...part, steps },
				transferList: part.link ? [part.link] : [],
			}),
	);
	const each = (key: 'ready' | 'done') =>
		Promise.all(
			workers.map((worker) => new Promise<void>((resolve) => worker.on('message', (m) => key in m && resolve()))),
		);
	await each('ready');
	const since = performance.now();
	const done = each('done');
	for (const worker of workers) worker.postMessage('go');
	await done;
	const took = performance.now() - since;
	await Promise.all(workers.map((worker) => worker.terminate()));
	return took;
}

/**
 * CPU time of GRASS 8.2.1 (`r.fill.dir` and `r.watershed`) for this very ground as a multiple of the plain priority
 * flood beside it, as recorded: 7.4, 7.6 and 7.6 in three runs of this benchmark, rounded down. It stands in where
 * there is no GRASS; seconds of another machine would say nothing about this one.
 */
const GRASS_PER_PLAIN = 7;

/** In turns, so that all are slowed alike by what else the machine does. */
function besideGrass(terrain: Terrain): BenchRow {
	const took = { ours: [] as number[], plain: [] as number[], grass: [] as number[] };
	for (let round = 0; round < 5; round++) {
		const ours = cpu();
		const hierarchy = depressionHierarchy(terrain);
		standingWater(hierarchy, fillByRain(hierarchy, STORM.rainMmH, STORM.hours));
		const { filledM } = drainage(hierarchy);
		took.ours.push(ours());
		const plain = cpu();
		const expected = plainFlood(terrain);
		took.plain.push(plain());
		if (filledM.some((metres, cell) => metres !== expected[cell]))
			throw new Error('The filled ground is not the one that a priority flood finds.');
		const grass = round < 3 ? grassSeconds(terrain) : undefined;
		if (grass !== undefined) took.grass.push(grass);
	}
	const [ours, plain] = [median(took.ours), median(took.plain)];
	const isMeasured = took.grass.length > 0;
	const grass = isMeasured ? median(took.grass) : plain * GRASS_PER_PLAIN;
	return row(
		'hollows, fill by rain, drainage of 1.56 M cells, CPU',
		`${ours.toFixed(2)} s`,
		isMeasured
			? `GRASS ${grass.toFixed(2)} s (${(grass / plain).toFixed(1)} × a plain priority flood)`
			: `GRASS ${grass.toFixed(2)} s (not on this machine: ${GRASS_PER_PLAIN} × a plain priority flood, as recorded)`,
		ours / grass,
		0.5,
		'most',
	);
}

/** CPU seconds of r.fill.dir and r.watershed on the same ground; undefined where there is no GRASS. */
function grassSeconds({ width, height, cellM, groundM }: Terrain): number | undefined {
	const folder = mkdtempSync(join(tmpdir(), 'sitewatch-grass-'));
	try {
		execFileSync('grass', ['--version'], { stdio: 'ignore' });
		writeFileSync(join(folder, 'ground.bin'), Buffer.from(groundM.buffer, groundM.byteOffset, groundM.byteLength));
		const script = [
			`r.in.bin -f --quiet input=${folder}/ground.bin output=ground bytes=4 north=${height * cellM} south=0 west=0 east=${width * cellM} rows=${height} cols=${width}`,
			'g.region raster=ground',
			"TIMEFORMAT='%U %S'",
			'time r.fill.dir --quiet input=ground output=filled direction=dir',
			'time r.watershed --quiet elevation=ground accumulation=acc',
		].join('\n');
		writeFileSync(join(folder, 'run.sh'), script);
		const said = execFileSync('bash', ['-c', `grass --tmp-location XY --exec bash ${folder}/run.sh 2>&1`], {
			encoding: 'utf8',
		});
		const times = [...said.matchAll(/^(\d+\.\d+) (\d+\.\d+)$/gm)].map(
			([, user, system]) => Number(user) + Number(system),
		);
		return times.length === 2 ? times[0]! + times[1]! : undefined;
	} catch {
		return undefined;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function row(what: string, ours: string, beside: string, ratio: number, limit: number, is: 'least' | 'most'): BenchRow {
	return { what, ours, beside, ratio, limit, ok: is === 'least' ? ratio >= limit : ratio <= limit };
}

/** CPU seconds of this process from now on. */
function cpu(): () => number {
	const start = process.cpuUsage();
	return () => {
		const { user, system } = process.cpuUsage(start);
		return (user + system) / 1e6;
	};
}
