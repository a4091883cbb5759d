// Solves a patrol problem in threads of their own: each searches with another seed, and in the second half of the time
// the better plan is handed to the others.

import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { solveRules } from '#db/rules/patrol.ts';
import { travelRules } from '#db/rules/travel.ts';
import { inBoth } from '#lib/domain/import/sentence.ts';
import type { Draft } from '#lib/domain/patrol/evaluate.ts';
import type { Plan } from '#lib/domain/patrol/problem.ts';
import type { TravelEstimate } from '#lib/domain/patrol/travel.ts';
import { Fault } from '../errors.ts';
import { openThread } from '../program.ts';
import type { FromThread, Order, ToThread } from './protocol.ts';

export interface SolveOptions {
	seconds: number;
	seed: number;
	/** A plan to begin from. */
	start?: readonly Draft[];
	threads?: number;
	/** How straight lines become roads; the shipped estimate when left out. */
	estimate?: TravelEstimate;
	/** Now and then: share of the time that is over, rounds made so far, price of the best plan. */
	onProgress?: (progress: { done: number; iterations: number; cost: number }) => void;
	/** Ends the search; the best plan so far is the answer. */
	signal?: AbortSignal;
}

interface Lane {
	worker: Worker;
	iterations: number;
	cost: number;
	done: number;
	/** It searches no more. */
	isOver: boolean;
}

/** From when on plans are exchanged; before, the threads look in different places. */
const EXCHANGE_FROM = 0.5;
/** What a thread may need beyond its time to begin and to write the plan down. */
const GRACE_S = 60;

/** How straight lines become roads where nothing was learnt. */
export const SHIPPED: TravelEstimate = { detour: travelRules.detour.value, speedKmh: travelRules.speedKmh.value };

let running = 0;

/** @throws Fault `bad-input` with every sentence in `details`; `too-many` while other problems take all threads */
export async function solvePatrol(problem: unknown, options: SolveOptions): Promise<Plan> {
	if (running >= solveRules.atOnce.value)
		throw new Fault(
			'too-many',
			'patrol',
			'正在求解其他任务，请稍后再试 · Other problems are being solved; try again soon.',
		);
	running++;
	try {
		return await solve(problem, options);
	} finally {
		running--;
	}
}

function solve(
	problem: unknown,
	{ seconds, seed, start = [], onProgress, signal, threads, estimate = SHIPPED }: SolveOptions,
): Promise<Plan> {
	const count = threads ?? Math.min(solveRules.threads.value, availableParallelism());
	const lanes = Array.from({ length: count }, (_, lane): Lane => {
		const order: Order = { problem, seed, lane, seconds, start, estimate };
		const worker = openThread('src/lib/server/patrol/worker.ts', {
			workerData: order,
			env: {},
			execArgv: [],
		});
		return { worker, iterations: 0, cost: Infinity, done: 0, isOver: false };
	});
	const tell = (message: ToThread) => lanes.forEach(({ worker }) => worker.postMessage(message));
	const stop = () => tell({ kind: 'stop' });
	signal?.addEventListener('abort', stop, { once: true });

	let deadline: NodeJS.Timeout | undefined;
	return new Promise<Plan>((resolve, reject) => {
		deadline = setTimeout(
			() => reject(new Error(`The search did not end ${GRACE_S} s behind its time.`)),
			(seconds + GRACE_S) * 1000,
		);
		const hear = (lane: Lane, message: FromThread) => {
			if (message.kind === 'faults') return reject(faultOf(message.faults.map(inBoth)));
			if (message.kind === 'plan') return resolve({ ...message.plan, iterations: progressOf(lanes).iterations });
			lane.cost = message.cost;
			lane.iterations = message.iterations;
			if (message.kind === 'done') {
				lane.isOver = true;
				// Reasons for thousands left out take their time: only the best plan needs them.
				if (lanes.every(({ isOver }) => isOver)) bestOf(lanes).worker.postMessage({ kind: 'tell' } satisfies ToThread);
				return;
			}
			lane.done = message.done;
			if (message.drafts && message.done >= EXCHANGE_FROM)
				for (const other of lanes)
					if (other.cost > message.cost)
						other.worker.postMessage({ kind: 'adopt', cost: message.cost, drafts: message.drafts } satisfies ToThread);
			onProgress?.(progressOf(lanes));
		};
		for (const lane of lanes) {
			lane.worker.on('message', (message: FromThread) => hear(lane, message));
			lane.worker.on('error', reject);
			lane.worker.on('exit', (code) => {
				reject(new Error(`A solver's thread ended with code ${code}.`));
			});
		}
		if (signal?.aborted) stop();
	}).finally(() => {
		clearTimeout(deadline);
		signal?.removeEventListener('abort', stop);
		for (const { worker } of lanes) void worker.terminate();
	});
}

function progressOf(lanes: readonly Lane[]) {
	return {
		done: Math.min(1, ...lanes.map(({ done }) => done)),
		iterations: lanes.reduce((sum, { iterations }) => sum + iterations, 0),
		cost: Math.min(...lanes.map(({ cost }) => cost)),
	};
}

const bestOf = (lanes: readonly Lane[]) => lanes.reduce((best, lane) => (lane.cost < best.cost ? lane : best));

/** Every sentence about a problem that cannot be understood. */
export function faultOf(sentences: string[]): Fault {
	return new Fault('bad-input', 'problem', sentences.slice(0, 3).join('; '), { details: sentences });
}
