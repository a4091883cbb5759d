import { describe, expect, test } from 'vitest';
import { FrameGate, pauseAfter } from './frame-gate.ts';

/** A drawer that asks for the next frame in every frame, as deck.gl does, and a browser that gives frames on command. */
function stage() {
	const queue: FrameRequestCallback[] = [];
	const gate = new FrameGate({ request: (draw) => queue.push(draw), cancel: () => queue.splice(0) });
	let drawn = 0;
	const draw = () => {
		drawn += 1;
		gate.requestAnimationFrame(draw);
	};
	gate.requestAnimationFrame(draw);
	const browserFrames = (count: number) => {
		for (let i = 0; i < count; i++) queue.splice(0).forEach((callback) => callback(0));
		return drawn;
	};
	return { gate, browserFrames };
}

describe('FrameGate', () => {
	test('nothing changed: nothing is drawn after the first two frames', () => {
		expect(stage().browserFrames(100)).toBe(2);
	});

	test('a change gets two frames, whenever it comes', () => {
		const { gate, browserFrames } = stage();
		browserFrames(10);
		gate.open();
		expect(browserFrames(10)).toBe(4);
	});

	test('F-36 many changes between two frames are one', () => {
		const { gate, browserFrames } = stage();
		browserFrames(10);
		for (let i = 0; i < 50; i++) gate.open();
		expect(browserFrames(10)).toBe(4);
	});

	test('what moves by itself gets one frame at a time', () => {
		const { gate, browserFrames } = stage();
		browserFrames(10);
		gate.open(1);
		expect(browserFrames(10)).toBe(3);
	});

	test('where frames are dear, what moves leaves four fifths of the time to everything else', () => {
		expect(pauseAfter(5)).toBe(66);
		expect(pauseAfter(400)).toBe(1600);
	});

	test('a stopped drawer is not drawn', () => {
		const { gate, browserFrames } = stage();
		gate.cancelAnimationFrame();
		expect(browserFrames(10)).toBe(0);
	});
});
