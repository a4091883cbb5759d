// Tries a changed rule on stored readings in a thread of its own, with progress, a deadline and a way to stop it. The
// answer is kept with the change; switching it on asks for one.

import { randomUUID } from 'node:crypto';
import { backtestRules } from '#db/rules/backtest.ts';
import type { BackTest } from '#lib/domain/alarm/back-test.ts';
import type { Db } from '../db/connection.ts';
import { Fault } from '../errors.ts';
import type { LiveDevice } from '../live/live-device.ts';
import type { LiveState } from '../live/live-state.ts';
import { openThread } from '../program.ts';
import { liveRegister } from '../repositories/live-register.ts';
import { oldestReading, readingsBetween, storedSteps } from '../repositories/reading-portion.ts';
import { endBacktest, insertBacktest } from '../repositories/rule-backtest.ts';
import { asChange, changesInForce, type RuleChangeRow } from '../repositories/rule-change.ts';
import type { FromThread, Plan, Portion, ToThread } from './back-test-plan.ts';
import { devicesOfRule, isInScope, ruleOf } from './rule-devices.ts';

export interface BackTests {
	/** @returns its id; the answer comes by and by. @throws Fault `too-many` while another runs */
	start(change: RuleChangeRow, by: { name: string; at: Date }): Promise<string>;
	/** 0 to 1; undefined when it does not run here. */
	progressOf(id: string): number | undefined;
	cancel(id: string): boolean;
	/** Waits until nothing runs. */
	idle(): Promise<void>;
	close(): void;
}

/** Stored readings, which may be a little old. */
type History = <T>(ask: (db: Db) => Promise<T>) => Promise<T>;

interface Job {
	progress: number;
	stop: AbortController;
	done: Promise<void>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function createBackTests(
	db: { read: Db; store: Db; history: History },
	state: LiveState,
	now: () => number,
	onFault: (error: unknown) => void,
): BackTests {
	const jobs = new Map<string, Job>();

	async function run(id: string, change: RuleChangeRow, job: Job): Promise<void> {
		try {
			const result = await tryOut(db, state, change, now(), job);
			if (job.stop.signal.aborted) await endBacktest(db.store, id, { at: new Date(now()), state: 'cancelled' });
			else await endBacktest(db.store, id, { at: new Date(now()), state: 'done', result: named(result, state) });
		} catch (error) {
			onFault(error);
			const fault = error instanceof Fault ? error.message : '回测中断 · The back-test broke off.';
			await endBacktest(db.store, id, { at: new Date(now()), state: 'failed', fault }).catch(onFault);
		} finally {
			jobs.delete(id);
		}
	}

	return {
		async start(change, by) {
			if (!ruleOf(change.ruleKey))
				throw new Fault(
					'conflict',
					`rule ${change.ruleKey}`,
					'该规则不判断读数，无须回测 · It judges no readings: there is nothing to try it on.',
				);
			if (jobs.size >= backtestRules.atOnce.value)
				throw new Fault(
					'too-many',
					'back-test',
					'正在回测另一条规则，请稍后 · Another rule is being tried; wait for it.',
				);
			const id = randomUUID();
			const job: Job = { progress: 0, stop: new AbortController(), done: Promise.resolve() };
			jobs.set(id, job);
			try {
				await insertBacktest(db.store, { id, changeId: change.id, startedAt: by.at, startedByName: by.name });
			} catch (error) {
				jobs.delete(id);
				throw error;
			}
			job.done = run(id, change, job);
			return id;
		},
		progressOf: (id) => jobs.get(id)?.progress,
		cancel(id) {
			const job = jobs.get(id);
			job?.stop.abort();
			return job !== undefined;
		},
		async idle() {
			while (jobs.size > 0) await Promise.all([...jobs.values()].map(({ done }) => done));
		},
		close: () => jobs.forEach(({ stop }) => stop.abort()),
	};
}

/** Reads stretch by stretch and hands each to the thread; the next is read while the last is judged. */
async function tryOut(
	{ read: db, history }: { read: Db; history: History },
	state: LiveState,
	change: RuleChangeRow,
	nowMs: number,
	job: Job,
): Promise<BackTest> {
	const candidates = devicesOfRule(state, change.ruleKey);
	const wanted = candidates.filter(({ object }) => isInScope(object!, change.scope));
	// What is worked out from several devices needs the others too.
	const wantedOrAll = ruleOf(change.ruleKey)?.measure === 'derived' ? candidates : wanted;
	const deviceNos = wantedOrAll.map(({ no }) => no);
	const earliest = new Date(nowMs - backtestRules.lookBack.value * DAY_MS);
	const oldest = (await history((old) => oldestReading(old, deviceNos, earliest))) ?? new Date(nowMs);
	const fromMs = Math.floor(oldest.getTime() / HOUR_MS) * HOUR_MS;
	const draft = asChange(change);
	const plan: Plan = {
		register: await liveRegister(db),
		inForce: await changesInForce(db),
		// As if it were in force already.
		draft: { ...draft, fromMs: -Infinity, untilMs: null },
		nowMs,
		fromMs,
		stepMs: await history((old) =>
			storedSteps(old, deviceNos, new Date(fromMs), new Date(Math.min(nowMs, fromMs + DAY_MS))),
		),
		deviceIds: wanted.map(({ id }) => id),
	};
	const thread = startThread(plan);
	const until = performance.now() + backtestRules.deadline.value * 1000;
	try {
		let atMs = fromMs;
		let isCutShort = false;
		while (atMs < nowMs && !job.stop.signal.aborted) {
			const endMs = Math.min(nowMs, atMs + backtestRules.step.value * HOUR_MS);
			const rows = await history((old) => readingsBetween(old, deviceNos, new Date(atMs), new Date(endMs)));
			await thread.taken();
			if (rows.length > 0) thread.give(packed(rows));
			atMs = endMs;
			job.progress = (atMs - fromMs) / Math.max(1, nowMs - fromMs);
			isCutShort = performance.now() > until && atMs < nowMs;
			if (isCutShort) break;
		}
		return await thread.end(atMs, isCutShort);
	} finally {
		thread.stop();
	}
}

function startThread(plan: Plan) {
	const worker = openThread('src/lib/server/rules/worker.ts', {
		workerData: plan,
		env: {},
		execArgv: [],
	});
	let given = 0;
	let took = 0;
	let isBroken = false;
	let wake: () => void = () => undefined;
	let fail: (error: Error) => void = () => undefined;
	const result = new Promise<BackTest>((resolve, reject) => {
		fail = reject;
		worker.on('message', (message: FromThread) => {
			if (message.kind === 'done') return resolve(message.result);
			took++;
			wake();
		});
		worker.on('error', reject);
		worker.on('exit', (code) => reject(new Error(`The thread of a back-test ended with code ${code}.`)));
	});
	result.catch(() => {
		isBroken = true;
		wake();
	});
	const tell = (message: ToThread) => worker.postMessage(message);
	return {
		give(portion: Portion) {
			given++;
			tell(portion);
		},
		/** Waits until the thread is at most one portion behind, or gone: what went wrong is told at the end. */
		async taken() {
			while (given - took > 1 && !isBroken) await new Promise<void>((resolve) => (wake = resolve));
		},
		end(untilMs: number, isCutShort: boolean) {
			tell({ kind: 'end', untilMs, isCutShort });
			return result;
		},
		stop() {
			fail(new Error('stopped'));
			void worker.terminate();
		},
	};
}

function packed(rows: readonly { deviceNo: number; atMs: number; values: string }[]): Portion {
	return {
		kind: 'readings',
		deviceNo: Int32Array.from(rows, ({ deviceNo }) => deviceNo),
		atMs: Float64Array.from(rows, ({ atMs }) => atMs),
		values: rows.map(({ values }) => values),
	};
}

/** Names of the devices that are listed, as they were called then. */
function named(result: BackTest, state: LiveState) {
	const nameOf = ({ object }: LiveDevice) => (object ? `${object.siteName} ${object.name}` : '');
	const names = Object.fromEntries(
		result.topDevices.flatMap(({ id }) => {
			const device = state.devices.get(id);
			return device ? [[id, nameOf(device)]] : [];
		}),
	);
	return { ...result, names };
}
