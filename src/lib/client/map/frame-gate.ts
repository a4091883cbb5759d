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
	open(): void {
		this.#wanted = FRAMES_PER_CHANGE;
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

/**
 * Puts deck.gl behind a gate.
 *
 * @returns `draw` asks for a frame, `close` stops looking. Where deck.gl's inside has changed, it goes on as ever.
 */
export function drawOnDemand(deck: Deck): { draw: () => void; close: () => void } {
	const loop = (deck as unknown as Inside).animationLoop;
	if (!loop?.props?.animationFrameProvider) return { draw: () => {}, close: () => {} };
	const gate = new FrameGate();
	loop.props.animationFrameProvider = gate;
	const looking = setInterval(() => gate.open(), LOOK_EVERY_MS);
	return { draw: () => gate.open(), close: () => clearInterval(looking) };
}
