// deck.gl asks the browser for a frame sixty times a second, whether there is something to draw or not. Behind this
// gate it gets one when something changed, and one a second to see to what it does by itself.

import type { Deck } from '@deck.gl/core';

/** Of the browser, or of a test. */
export interface Frames {
	request: (draw: FrameRequestCallback) => number;
	cancel: (id: number) => void;
}

/** A change may need a second frame: what the first one prepared is drawn in it. */
const FRAMES_PER_CHANGE = 2;
const LOOK_EVERY_MS = 1000;
/** A jib turns less than four degrees a second: fifteen frames are smooth, sixty would only warm the room. */
const MOVE_EVERY_MS = 66;
/** Where a frame is dear (no graphics card), what moves may take a fifth of the time and no more. */
const REST = 4;

const BROWSER: Frames = {
	request: (draw) => requestAnimationFrame(draw),
	cancel: (id) => cancelAnimationFrame(id),
};

export class FrameGate {
	#frames: Frames;
	#waiting: FrameRequestCallback | undefined;
	#asked: number | undefined;
	#wanted = FRAMES_PER_CHANGE;

	constructor(frames: Frames = BROWSER) {
		this.#frames = frames;
	}

	/** Something is to be drawn. */
	open(frames = FRAMES_PER_CHANGE): void {
		this.#wanted = Math.max(this.#wanted, frames);
		this.#pass();
	}

	/** deck.gl asks for its next frame. */
	requestAnimationFrame(draw: FrameRequestCallback): number {
		this.#waiting = draw;
		this.#pass();
		return 1;
	}

	cancelAnimationFrame(): void {
		if (this.#asked !== undefined) this.#frames.cancel(this.#asked);
		this.#asked = undefined;
		this.#waiting = undefined;
	}

	#pass(): void {
		if (!this.#waiting || this.#wanted === 0 || this.#asked !== undefined) return;
		this.#asked = this.#frames.request((time) => {
			const draw = this.#waiting;
			this.#asked = undefined;
			this.#waiting = undefined;
			this.#wanted -= 1;
			draw?.(time);
		});
	}
}

/** What is needed of deck.gl's inside; it has no door for this. */
interface Inside {
	animationLoop?: { props?: { animationFrameProvider?: unknown } } | null;
}

/** Milliseconds until the next frame of something that moves, after one that took so long to come and be drawn. */
export function pauseAfter(tookMs: number): number {
	return Math.max(MOVE_EVERY_MS, tookMs * REST);
}

export interface OnDemand {
	draw: () => void;
	/** Frames follow each other until that moment of the page: something moves by itself. A later call replaces it. */
	drawUntil: (untilMs: number) => void;
	close: () => void;
}

/**
 * Puts deck.gl behind a gate.
 *
 * @returns `draw` asks for a frame, `close` stops looking. Where deck.gl's inside has changed, it goes on as ever.
 */
export function drawOnDemand(deck: Deck): OnDemand {
	const loop = (deck as unknown as Inside).animationLoop;
	if (!loop?.props?.animationFrameProvider) return { draw: () => {}, drawUntil: () => {}, close: () => {} };
	const gate = new FrameGate();
	loop.props.animationFrameProvider = gate;
	const looking = setInterval(() => gate.open(), LOOK_EVERY_MS);
	let moving = false;
	let next: ReturnType<typeof setTimeout> | undefined;
	let movesUntilMs = -Infinity;
	const move = () => {
		moving = performance.now() < movesUntilMs;
		if (!moving) return;
		const askedMs = performance.now();
		gate.open(1);
		BROWSER.request(() => (next = setTimeout(move, pauseAfter(performance.now() - askedMs))));
	};
	return {
		draw: () => gate.open(),
		drawUntil(untilMs) {
			movesUntilMs = untilMs;
			if (!moving) move();
		},
		close() {
			clearInterval(looking);
			movesUntilMs = -Infinity;
			clearTimeout(next);
		},
	};
}
