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
	let moving: ReturnType<typeof setInterval> | undefined;
	let movesUntilMs = -Infinity;
	const move = () => {
		if (performance.now() < movesUntilMs) return gate.open(1);
		clearInterval(moving);
		moving = undefined;
	};
	return {
		draw: () => gate.open(),
		drawUntil(untilMs) {
			movesUntilMs = untilMs;
			if (performance.now() < untilMs) moving ??= setInterval(move, MOVE_EVERY_MS);
		},
		close() {
			clearInterval(looking);
			clearInterval(moving);
		},
	};
}
