// One thread that searches. The clock stands here: the search itself is told only how much of its time is over.

import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { problemFaults } from '#lib/domain/patrol/check.ts';
import type { Problem } from '#lib/domain/patrol/problem.ts';
import { createSolver, type Solver } from '#lib/domain/patrol/solve.ts';
import { TimedSearch } from '#lib/domain/patrol/timed-search.ts';
import type { FromThread, Order, ToThread } from './protocol.ts';

/** Between two looks at the clock and at what others say. */
const SLICE_MS = 20;
const TELL_EVERY_MS = 500;

const port = parentPort!;
const say = (message: FromThread) => port.postMessage(message);
const order = workerData as Order;

const faults = problemFaults(order.problem);
if (faults.length) say({ kind: 'faults', faults });
else search(order);

function search({ problem, seed, lane, seconds, start, estimate }: Order): void {
	const began = performance.now();
	const solver = createSolver(problem as Problem, { seed, lane, start, estimate });
	// With thousands of visits the tables and the first plan take seconds; whoever waits has asked for all of it.
	const budgetMs = Math.max(0, seconds * 1000 - (performance.now() - began));
	const timed = new TimedSearch(solver, { budgetMs, sliceMs: SLICE_MS, now: () => performance.now() });
	let told = performance.now();
	let toldCost = Infinity;
	const tell = () => {
		const cost = solver.bestCost;
		const drafts = cost < toldCost ? solver.drafts() : undefined;
		toldCost = cost;
		say({ kind: 'progress', done: timed.done, iterations: solver.iterations, cost, drafts });
	};
	tell();
	while (timed.done < 1 && !isStopped(solver)) {
		timed.slice();
		const now = performance.now();
		if (now - told < TELL_EVERY_MS) continue;
		told = now;
		tell();
	}
	port.on('message', ({ kind }: ToThread) => {
		if (kind === 'tell') say({ kind: 'plan', plan: { ...solver.best(), seconds: (performance.now() - began) / 1000 } });
	});
	say({ kind: 'done', cost: solver.bestCost, iterations: solver.iterations });
}

function isStopped(solver: Solver): boolean {
	for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
		const message = next.message as ToThread;
		if (message.kind === 'stop') return true;
		if (message.kind === 'adopt' && message.cost < solver.bestCost) solver.meet(message.drafts, message.cost);
	}
	return false;
}
