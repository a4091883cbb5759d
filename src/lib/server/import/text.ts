// Bytes to text without a single guessed character: UTF-8 strictly, else GB 18030 strictly, else a refusal.

import { unreadable } from './upload.ts';

export interface DecodedText {
	text: string;
	encoding: 'utf-8' | 'utf-16' | 'gb18030';
}

/** @throws Fault for text in no known encoding, or in two of them */
export function decodeText(bytes: Uint8Array, name: string): DecodedText {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: strictly('utf-16le', bytes, name), encoding: 'utf-16' };
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: strictly('utf-16be', bytes, name), encoding: 'utf-16' };
	if (bytes.includes(0)) {
		throw unreadable(
			name,
			'文件含有二进制内容，不是文本表格。',
			'The file holds binary data; it is not a table in text.',
		);
	}
	try {
		return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
	} catch {
		if (isCutOff(bytes)) {
			throw unreadable(
				name,
				'文件在一个字符中间结束，可能被截断。',
				'The file ends inside a character; it seems to be cut off.',
			);
		}
		if (isMixed(bytes)) {
			throw unreadable(
				name,
				'文件混用了 UTF-8 和 GBK 两种编码，请用一种编码重新保存。',
				'The file mixes UTF-8 and GBK. Save it again in one encoding.',
			);
		}
		return { text: strictly('gb18030', bytes, name), encoding: 'gb18030' };
	}
}

function strictly(encoding: string, bytes: Uint8Array, name: string): string {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch (cause) {
		throw unreadable(
			name,
			'无法识别文件编码，请保存为 UTF-8 或 GBK。',
			'The encoding of the file is not known. Save it as UTF-8 or GBK.',
			cause,
		);
	}
}

/** UTF-8 with characters beyond ASCII, but for a last one that breaks off. */
function isCutOff(bytes: Uint8Array): boolean {
	const start = bytes.findLastIndex((byte) => byte < 0x80 || byte >= 0xc0);
	if (start < 0 || start < bytes.length - 3 || bytes[start]! < 0xc2) return false;
	const whole = bytes.subarray(0, start);
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(whole);
		return whole.some((byte) => byte > 0x7f);
	} catch {
		return false;
	}
}

/** Lines with characters beyond ASCII of which some are UTF-8 and others are not: a GBK line is UTF-8 by rare chance only. */
function isMixed(bytes: Uint8Array): boolean {
	const utf8 = new TextDecoder('utf-8', { fatal: true });
	let valid = 0;
	let invalid = 0;
	for (let start = 0; start < bytes.length && valid + invalid < 5_000;) {
		const found = bytes.indexOf(10, start);
		const end = found < 0 ? bytes.length : found;
		const line = bytes.subarray(start, end);
		start = end + 1;
		if (!line.some((byte) => byte > 127)) continue;
		try {
			utf8.decode(line);
			valid++;
		} catch {
			invalid++;
		}
	}
	return valid >= 1 && invalid >= 1 && valid >= 0.1 * (valid + invalid);
}
