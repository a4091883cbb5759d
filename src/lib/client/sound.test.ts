import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AlarmSound } from './sound.svelte.ts';

/** A browser that lets a page sound only after a touch, and may silence it again. */
class FakeContext {
	static mayStart = false;
	static last: FakeContext;
	state: 'suspended' | 'running' = 'suspended';
	onstatechange: (() => void) | null = null;
	constructor() {
		FakeContext.last = this;
	}
	async resume() {
		if (FakeContext.mayStart) this.becomes('running');
	}
	becomes(state: FakeContext['state']) {
		this.state = state;
		this.onstatechange?.();
	}
}

describe('the sound of alarms', () => {
	let kept: Map<string, string>;
	beforeEach(() => {
		FakeContext.mayStart = false;
		kept = new Map([['sitewatch.sound', 'on']]);
		vi.stubGlobal('AudioContext', FakeContext);
		vi.stubGlobal('localStorage', {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem: (key: string, value: string) => kept.set(key, value),
			removeItem: (key: string) => kept.delete(key),
		});
	});
	afterEach(() => vi.unstubAllGlobals());

	test('is said to be blocked while the browser forbids it, and is on with the first touch of the page', async () => {
		const sound = new AlarmSound();
		await sound.restore();
		expect(sound.state).toBe('blocked');
		FakeContext.mayStart = true;
		sound.touched();
		await vi.waitFor(() => expect(sound.state).toBe('on'));
	});

	test('is said to be blocked again when the browser silences a page that sounded', async () => {
		FakeContext.mayStart = true;
		const sound = new AlarmSound();
		await sound.restore();
		expect(sound.state).toBe('on');
		FakeContext.last.becomes('suspended');
		expect(sound.state).toBe('blocked');
	});

	test('that somebody has switched off stays off whatever the browser does', async () => {
		FakeContext.mayStart = true;
		const sound = new AlarmSound();
		await sound.restore();
		await sound.toggle();
		FakeContext.last.becomes('suspended');
		sound.touched();
		expect(sound).toMatchObject({ state: 'off', isPutOff: true });
	});
});
