// A real browser on the alarm board of the built product: from the device's send to the frame that shows the row.

import { setTimeout as sleep } from 'node:timers/promises';
import { craneOfEachSite, visit } from '../shared/visited.ts';

const PORT = '4414';
const PROBES = 21;

/** @returns ms from the send to the paint, of each alarm */
export async function paintTimes(): Promise<number[]> {
	const { origin, bearer, enter, close } = await visit(PORT, { SIMULATOR: 'off', MQTT_PORT: 'off' });
	try {
		const page = await enter({ width: 1440, height: 900 });
		const devices = (await craneOfEachSite(page)).slice(0, PROBES);
		await page.goto('/alarms?cond=moment');
		await page.getByRole('heading', { name: '告警处置' }).waitFor();
		await page.evaluate(watchRows);
		await sleep(10_000);
		const times: number[] = [];
		for (const [i, device] of devices.entries()) {
			await page.evaluate((count) => {
				const watched = window as unknown as Watched;
				watched.awaited = count;
				watched.paintedMs = undefined;
			}, i + 1);
			const nowMs = Date.now();
			const reading = (agoMs: number, seq: number) => ({
				...{ device, at: new Date(nowMs - agoMs).toISOString(), seq, values: { momentPercent: 104 } },
			});
			const sentMs = Date.now();
			const answer = await fetch(`${origin}/api/v1/telemetry`, {
				method: 'POST',
				headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
				body: JSON.stringify({ readings: [reading(4000, 2 * i + 1), reading(0, 2 * i + 2)] }),
			});
			if (!answer.ok) throw new Error(`The readings were refused: ${answer.status} ${await answer.text()}`);
			const shown = await page.waitForFunction(() => (window as unknown as Watched).paintedMs);
			const painted = (await shown.jsonValue())!;
			// The first one finds a page that is still drawing its map for the first time.
			if (i > 0) times.push(painted - sentMs);
			await sleep(400);
		}
		return times;
	} finally {
		await close();
	}
}

interface Watched {
	/** How many alarms of the filter are waited for. */
	awaited?: number;
	/** When so many were painted, ms. */
	paintedMs?: number | undefined;
}

/**
 * In the page: the button that acknowledges what the filter shows says how many they are, in however many rows; it is
 * there from two on.
 */
function watchRows(): void {
	const watched = window as unknown as Watched;
	const board = document.querySelector('section[aria-label="告警处置"]')!;
	new MutationObserver(() => {
		const shown = Number(
			/确认筛选出的 (\d+) 条/.exec(board.textContent)?.[1] ?? board.querySelectorAll('[data-row]').length,
		);
		if (watched.awaited === undefined || shown < watched.awaited) return;
		delete watched.awaited;
		requestAnimationFrame(() => {
			const channel = new MessageChannel();
			channel.port1.onmessage = () => (watched.paintedMs = Date.now());
			channel.port2.postMessage(null);
		});
	}).observe(board, { subtree: true, childList: true, characterData: true });
}
