// Messages of JT/T 808 that come in sub-packets, put together again. Bounded: a terminal sends one message at a time.
// What is never completed is given back with all bytes of it, to be kept.

import { deadOf, type Lost } from './decoded.ts';
import { MARK, type Jt808Frame } from './jt808-frame.ts';

export interface PartsLimits {
	groups: number;
	withinMs: number;
	bytes: number;
}

/** A message, whole, with the bytes it came in: one frame, or all frames of its parts with their marks. */
export interface Whole {
	frame: Jt808Frame;
	raw: Uint8Array;
	/** Serial numbers of the frames it came in; each may be waited for. */
	serials: readonly number[];
}

interface Group {
	of: number;
	phone: string;
	parts: Map<number, { frame: Jt808Frame; raw: Uint8Array }>;
	bytes: number;
	sinceMs: number;
}

export interface Added {
	whole?: Whole;
	/** Its last part came and these are missing, by their numbers. */
	missing?: { firstSerial: number; numbers: number[] };
	/** Messages that will not be completed. */
	lost: Lost[];
}

export class Parts {
	readonly #groups = new Map<string, Group>();
	readonly #limits: PartsLimits;

	constructor(limits: PartsLimits) {
		this.#limits = limits;
	}

	/** @param raw - the bytes of the frame between its marks */
	add(frame: Jt808Frame, raw: Uint8Array, nowMs: number): Added {
		const { part, phone, serial } = frame;
		const lost = this.#expired(nowMs);
		if (!part) return { whole: { frame, raw, serials: [serial] }, lost };
		if (part.no < 1 || part.no > part.of) {
			const detail = `分包序号无效：第 ${part.no} 包，共 ${part.of} 包 · Part ${part.no} of ${part.of} cannot be.`;
			return { lost: [...lost, { dead: deadOf('bad-frame', detail, phone), raw }] };
		}
		// Parts of one message follow each other with serial numbers, so all point to the same first one.
		const firstSerial = (serial - part.no + 1 + 0x10000) % 0x10000;
		const key = `${phone} ${frame.messageId} ${firstSerial} ${part.of}`;
		const group: Group = this.#groups.get(key) ?? {
			...{ of: part.of, phone, bytes: 0, sinceMs: nowMs },
			parts: new Map<number, { frame: Jt808Frame; raw: Uint8Array }>(),
		};
		if (!group.parts.has(part.no)) group.bytes += frame.body.length;
		group.parts.set(part.no, { frame, raw });
		this.#groups.delete(key);
		if (group.bytes > this.#limits.bytes) return { lost: [...lost, lostOf(group)] };
		if (group.parts.size === part.of) return { whole: wholeOf(group), lost };
		this.#groups.set(key, group);
		if (this.#groups.size > this.#limits.groups) lost.push(...this.#take([this.#groups.keys().next().value!]));
		if (part.no < part.of) return { lost };
		const numbers = Array.from({ length: part.of }, (_, i) => i + 1).filter((no) => !group.parts.has(no));
		return { lost, missing: { firstSerial, numbers } };
	}

	/** What is not complete when the line ends. */
	end(): Lost[] {
		return this.#take([...this.#groups.keys()]);
	}

	#expired(nowMs: number): Lost[] {
		const old = [...this.#groups].filter(([, { sinceMs }]) => nowMs - sinceMs > this.#limits.withinMs);
		return this.#take(old.map(([key]) => key));
	}

	#take(keys: readonly string[]): Lost[] {
		return keys.map((key) => {
			const group = this.#groups.get(key)!;
			this.#groups.delete(key);
			return lostOf(group);
		});
	}
}

function wholeOf({ of, parts }: Group): Whole {
	const frames = Array.from({ length: of }, (_, i) => parts.get(i + 1)!.frame);
	const { part: _part, ...header } = frames[0]!;
	const body = Uint8Array.from(Buffer.concat(frames.map((frame) => frame.body)));
	return { frame: { ...header, body }, raw: rawOf(parts), serials: frames.map(({ serial }) => serial) };
}

function lostOf({ of, phone, parts }: Group): Lost {
	const detail = `分包不完整：共 ${of} 包，收到 ${parts.size} 包 · Only ${parts.size} of ${of} sub-packets came, or they are too large.`;
	return { dead: deadOf('bad-length', detail, phone), raw: rawOf(parts) };
}

function rawOf(parts: Group['parts']): Uint8Array {
	const inOrder = [...parts].sort(([a], [b]) => a - b);
	return Uint8Array.from(inOrder.flatMap(([, { raw }]) => [MARK, ...raw, MARK]));
}
