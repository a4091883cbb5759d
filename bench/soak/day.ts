// A day of a district in an hour: readings at the steady rate of the nights, a day's alarms that begin, are acknowledged
// and end; and somebody at the screen who opens one and closes it again.

import type { Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';

export interface District {
	origin: string;
	bearer: string;
	devices: readonly string[];
	/** Names of sites somebody looks at. */
	sites: readonly string[];
	/** A page of somebody who may acknowledge. */
	page: Page;
}

/** Readings a second, beside those of the simulator. */
export const READINGS_PER_S = 2000;
/** What ISA-18.2 lets one person hear in a day, in an hour: one each so many milliseconds. */
export const ALARM_EVERY_MS = 24_000;
const BATCH = 100;
/** Above every limit of the load moment, for longer than the rule waits. */
const OVER = 104;
const OVER_MS = 5000;
const AT_WORK_MS = 60_000;
const LOOKS_MS = 3000;

export interface Day {
	acknowledged: number;
	alarms: number;
	/** How often somebody did something that failed. */
	failures: number;
	stop(): Promise<void>;
}

interface Standing {
	id: string;
	properties: { acknowledgedAt: string | null; clearedAt: string | null };
}
/** Alarms of one move. */
const AT_ONCE = 200;

export function beginDay({ origin, bearer, devices, sites, page }: District): Day {
	const ended = new AbortController();
	const over = new Set<string>();
	const day: Day = { acknowledged: 0, alarms: 0, failures: 0, stop };
	let seq = Date.now();
	let next = 0;
	let looks = 0;

	async function readings(): Promise<void> {
		const at = new Date().toISOString();
		const told = Array.from({ length: BATCH }, () => {
			const device = devices[(next = (next + 1) % devices.length)]!;
			const momentPercent = over.has(device) ? OVER : 20 + (seq % 400) / 10;
			return { device, at, seq: ++seq, values: { momentPercent } };
		});
		const answer = await fetch(`${origin}/api/v1/telemetry`, {
			...{ method: 'POST', body: JSON.stringify({ readings: told }) },
			headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
		});
		if (!answer.ok) throw new Error(`Readings were refused: ${answer.status}`);
		day.acknowledged += ((await answer.json()) as { accepted: number }).accepted;
	}

	async function alarm(): Promise<void> {
		const device = devices[day.alarms++ % devices.length]!;
		over.add(device);
		await sleep(OVER_MS);
		over.delete(device);
	}

	/** Whoever is on duty finishes with what is over, and looks at one site; a page that draws slowly is not waited for. */
	async function atWork(): Promise<void> {
		const { features } = (await (await page.request.get('/api/v1/alarms?state=standing&limit=1000')).json()) as {
			features: Standing[];
		};
		await moved(
			'acknowledge',
			features.filter(({ properties }) => !properties.acknowledgedAt),
		);
		const over = features.filter(({ properties }) => properties.clearedAt);
		await moved('verify', over);
		await moved('close', over);
		const search = page.getByRole('combobox', { name: /搜索/ });
		await search.fill(sites[looks++ % sites.length]!);
		await page.getByRole('listbox').getByRole('option').first().waitFor();
		await search.press('Enter');
		const close = page.getByRole('button', { name: '关闭详情' });
		await close.waitFor();
		await sleep(LOOKS_MS);
		await close.dispatchEvent('click');
		await close.waitFor({ state: 'detached' });
	}

	/** What is not asked of one of them, such as a look at a mere notice, is refused for it alone. */
	async function moved(move: 'acknowledge' | 'verify' | 'close', alarms: readonly Standing[]): Promise<void> {
		for (let from = 0; from < alarms.length; from += AT_ONCE) {
			const ids = alarms.slice(from, from + AT_ONCE).map(({ id }) => id);
			const data = { move, alarms: ids, note: 'bench' };
			const answer = await page.request.post('/api/v1/alarms/moves', { headers: { origin }, data });
			if (!answer.ok()) throw new Error(`${move} was refused: ${answer.status()}`);
		}
	}

	async function every(ms: number, work: () => Promise<void>): Promise<void> {
		let dueMs = performance.now();
		while (!ended.signal.aborted) {
			await work().catch((error: unknown) => {
				if (ended.signal.aborted) return;
				day.failures++;
				console.error(String(error).slice(0, 300));
			});
			dueMs = Math.max(dueMs + ms, performance.now() - ms);
			await sleep(Math.max(0, dueMs - performance.now()), undefined, { signal: ended.signal }).catch(() => undefined);
		}
	}

	const running = [
		every((BATCH / READINGS_PER_S) * 1000, readings),
		every(ALARM_EVERY_MS, alarm),
		every(AT_WORK_MS, atWork),
	];
	async function stop(): Promise<void> {
		ended.abort();
		await Promise.all(running);
	}
	return day;
}
