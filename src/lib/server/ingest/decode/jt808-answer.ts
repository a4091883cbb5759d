// What the platform answers terminals of JT/T 808. The number of an answer is that of the message it answers.

import { writeJt808, type Jt808Header } from './jt808-frame.ts';

type Asked = Pick<Jt808Header, 'messageId' | 'isV2019' | 'phone' | 'serial'>;

/** Results of the platform's general answer. */
export const DONE = 0;
export const FAILED = 1;
/** The message itself is wrong: sending it again would not help. */
export const FAULTY = 2;
export const NOT_SUPPORTED = 3;

const GENERAL = 0x8001;
const RESEND = 0x8003;
const TIME = 0x8004;
const REGISTER = 0x8100;
const MEDIA = 0x8800;

const word = (value: number) => [(value >> 8) & 0xff, value & 0xff];
const double = (value: number) => [...word(value >>> 16), ...word(value & 0xffff)];

/** @param serials - of the frames a message came in: a terminal may wait for any of them */
export function generalAnswer(asked: Asked, result: number, serials: readonly number[] = [asked.serial]): Uint8Array {
	const each = serials.map((serial) =>
		writeJt808(GENERAL, { ...asked, serial }, Uint8Array.from([...word(serial), ...word(asked.messageId), result])),
	);
	return Uint8Array.from(Buffer.concat(each));
}

export const answers = {
	/** Registration succeeds, with the code to authenticate with. */
	register: (asked: Asked, code: string) =>
		writeJt808(REGISTER, asked, Uint8Array.from([...word(asked.serial), DONE, ...Buffer.from(code, 'ascii')])),

	/** The time of the server, UTC, as it is asked for since 2019. @param now - ISO 8601 */
	time(asked: Asked, now: string): Uint8Array {
		const digits = new Date(now).toISOString().replace(/\D/g, '').slice(2, 14);
		return writeJt808(TIME, asked, Uint8Array.from(Buffer.from(digits, 'hex')));
	},

	/** All of the media came. */
	media: (asked: Asked, id: number) => writeJt808(MEDIA, asked, Uint8Array.from(double(id))),

	/** Asks for parts again. @param firstSerial - of the first part; since 2019 the count of parts has two bytes */
	resend(asked: Asked, firstSerial: number, numbers: readonly number[]): Uint8Array {
		const some = numbers.slice(0, MOST_AGAIN);
		const count = asked.isV2019 ? word(some.length) : [some.length];
		return writeJt808(RESEND, asked, Uint8Array.from([...word(firstSerial), ...count, ...some.flatMap(word)]));
	},
};

/** Parts asked for at once: their count has one byte. */
const MOST_AGAIN = 255;
