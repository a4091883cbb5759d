// Messages of JT/T 808 that come in sub-packets, put together again. Bounded: a terminal sends one message at a time.

import type { Jt808Frame } from './jt808-frame.ts';

export interface PartsLimits {
	groups: number;
	withinMs: number;
	bytes: number;
}

interface Group {
	parts: Map<number, Jt808Frame>;
	bytes: number;
	sinceMs: number;
}

export class Parts {
	readonly #groups = new Map<string, Group>();
	readonly #limits: PartsLimits;

	constructor(limits: PartsLimits) {
		this.#limits = limits;
	}

	/** @returns the whole message once its last part is there; a frame that is no part comes back as it is */
	add(frame: Jt808Frame, nowMs: number): Jt808Frame | undefined {
		const { part } = frame;
		if (!part) return frame;
		if (part.no < 1 || part.no > part.of) return undefined;
		for (const [key, { sinceMs }] of this.#groups)
			if (nowMs - sinceMs > this.#limits.withinMs) this.#groups.delete(key);
		// Parts of one message follow each other with serial numbers, so all point to the same first one.
		const first = (frame.serial - part.no + 1 + 0x10000) % 0x10000;
		const key = `${frame.phone} ${frame.messageId} ${first} ${part.of}`;
		const group = this.#groups.get(key) ?? { parts: new Map<number, Jt808Frame>(), bytes: 0, sinceMs: nowMs };
		if (!group.parts.has(part.no)) group.bytes += frame.body.length;
		group.parts.set(part.no, frame);
		this.#groups.delete(key);
		if (group.bytes > this.#limits.bytes) return undefined;
		if (group.parts.size === part.of) {
			const bodies = Array.from({ length: part.of }, (_, i) => group.parts.get(i + 1)!.body);
			const { part: _part, ...header } = group.parts.get(1)!;
			return { ...header, body: Uint8Array.from(Buffer.concat(bodies)) };
		}
		this.#groups.set(key, group);
		if (this.#groups.size > this.#limits.groups) this.#groups.delete(this.#groups.keys().next().value!);
		return undefined;
	}
}
