import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchLoop } from './loop-watch.ts';

test('F-38 a loop that stood still is found out, and forgotten two windows later', async () => {
	const watch = watchLoop(200);
	await sleep(50);
	const until = performance.now() + 400;
	while (performance.now() < until);
	await sleep(50);
	expect(watch.worstS()).toBeGreaterThan(0.3);
	await expect.poll(() => watch.worstS(), { timeout: 20_000, interval: 100 }).toBeLessThan(0.3);
	watch.stop();
});
