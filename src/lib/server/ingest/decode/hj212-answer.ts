// What the platform answers a station that asks for it (bit 0 of the flag).

import { hj212Checksum } from '#lib/domain/device/hj212-checksum.ts';

/** Bit 0 asks for an answer; a frame split in parts (bit 1) is answered part by part. */
export const wantsAnswer = (flag: number) => Number.isInteger(flag) && (flag & 1) === 1;

/** Bits 2 to 7 of the flag are the version: 0 is HJ/T 212-2005. */
export const isOf2005 = (flag: number) => !(flag >> 2 > 0);

/** A station asks for the time. */
const ASKS_TIME = '1013';
const NOTICE_ANSWER = '9013';
const DATA_ANSWER = '9014';

/**
 * The answer with the request's own number: 9014 to data, 9013 to a notice. The bit that asks is cleared so that nobody
 * answers it. Devices of 2005 look for the number inside `CP`, with the command for data.
 */
export function answer(header: Readonly<Record<string, string>>, flag: number): string {
	const { QN = '', PW = '', MN = '', CN = '' } = header;
	const command = CN === ASKS_TIME ? NOTICE_ANSWER : DATA_ANSWER;
	const content = isOf2005(flag) ? `QN=${QN}${command === DATA_ANSWER ? `;CN=${CN}` : ''}` : '';
	const segment = `QN=${QN};ST=91;CN=${command};PW=${PW};MN=${MN};Flag=${flag & ~3};CP=&&${content}&&`;
	return `##${String(segment.length).padStart(4, '0')}${segment}${hj212Checksum(segment)}\r\n`;
}
