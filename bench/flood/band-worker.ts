// Moves the water of some rows of a terrain, step by step with the neighbour that moves the rest.

import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { Terrain } from '../../src/lib/domain/flood/water/terrain.ts';
import { WaterSheet } from '../../src/lib/domain/flood/water/water-sheet.ts';
import { STORM } from './storm.ts';

const { terrain, side, link, steps } = workerData as {
	terrain: Terrain;
	/** Where the neighbour is; none when this one has everything. */
	side: 'north' | 'south' | undefined;
	link: MessagePort | undefined;
	steps: number;
};
const sheet = new WaterSheet(terrain, {
	manning: STORM.manning,
	edge: 'open',
	...(side && { shared: { [side]: true } }),
});
const come: { rows: Float32Array; stepS: number }[] = [];
let wake: (() => void) | undefined;
link?.on('message', (message: { rows: Float32Array; stepS: number }) => {
	come.push(message);
	wake?.();
});

/** What the neighbour has lent, and the step it could make. */
async function exchange(): Promise<number> {
	const stepS = sheet.stableStepS();
	if (!side || !link) return stepS;
	const rows = sheet.lend(side);
	link.postMessage({ rows, stepS }, [rows.buffer as ArrayBuffer]);
	if (come.length === 0) await new Promise<void>((resolve) => (wake = resolve));
	const lent = come.shift()!;
	sheet.borrow(side, lent.rows);
	return Math.min(stepS, lent.stepS);
}

parentPort!.postMessage({ ready: true });
parentPort!.once('message', () => void run());

async function run(): Promise<void> {
	for (let i = 0; i < steps; i++) sheet.step(await exchange(), STORM.rainMmH);
	parentPort!.postMessage({ done: true });
	link?.close();
}
