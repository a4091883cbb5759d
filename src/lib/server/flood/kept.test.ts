import { describe, expect, test } from 'vitest';
import { Kept } from './kept.ts';

function aReading() {
	const kept = new Kept<number>();
	const state = { version: 0, nowMs: 0, reads: 0, running: 0, mostRunning: 0 };
	const finish: (() => void)[] = [];
	const ask = () =>
		kept.get(
			() => state.version,
			() => state.nowMs,
			1000,
			async () => {
				state.running += 1;
				state.mostRunning = Math.max(state.mostRunning, state.running);
				await new Promise<void>((resolve) => finish.push(resolve));
				state.running -= 1;
				return ++state.reads;
			},
		);
	const done = async () => {
		finish.splice(0).forEach((resolve) => resolve());
		await new Promise((resolve) => setImmediate(resolve));
	};
	return { state, ask, done };
}

describe('a reading that many ask for', () => {
	test('hundreds who ask at once share one question', async () => {
		const { state, ask, done } = aReading();
		const answers = Array.from({ length: 300 }, ask);
		await done();
		expect(new Set(await Promise.all(answers))).toEqual(new Set([1]));
		expect(state.reads).toBe(1);
	});

	test('who asks after a change never gets an answer from before it, and still one question runs at a time', async () => {
		const { state, ask, done } = aReading();
		const before = ask();
		state.version += 1;
		const after = [ask(), ask()];
		await done();
		await done();
		expect(await before).toBe(1);
		expect(await Promise.all(after)).toEqual([2, 2]);
		expect(state.mostRunning).toBe(1);
	});

	test('is read again once it is out of date', async () => {
		const { state, ask, done } = aReading();
		const first = ask();
		await done();
		state.nowMs = 999;
		expect(await ask()).toBe(await first);
		state.nowMs = 1000;
		const second = ask();
		await done();
		expect(await second).toBe(2);
	});

	test('a failure is told to those who asked, and not kept', async () => {
		const kept = new Kept<string>();
		const get = (read: () => Promise<string>) =>
			kept.get(
				() => 0,
				() => 0,
				1000,
				read,
			);
		await expect(get(() => Promise.reject(new Error('down')))).rejects.toThrow('down');
		expect(await get(() => Promise.resolve('up'))).toBe('up');
	});
});
