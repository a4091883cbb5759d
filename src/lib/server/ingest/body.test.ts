import { describe, expect, test } from 'vitest';
import { itemsOf } from './body.ts';

const READING = { deviceId: 'tc-7', seq: 1 };
const marked = (text: string) => Buffer.from(`\uFEFF${text}`);

describe('a body with a byte order mark in front, as gateways written for Windows send it', () => {
	test.each([true, false])('holds the readings it would hold without one (quick way: %s)', (mayScan) => {
		expect(itemsOf(marked(JSON.stringify({ readings: [READING] })), 'application/json', mayScan)).toHaveLength(1);
	});

	test('keeps its first line, where readings come line by line', () => {
		const lines = `${JSON.stringify(READING)}\n${JSON.stringify(READING)}`;
		expect(itemsOf(marked(lines), 'application/x-ndjson', true)).toEqual([READING, READING]);
	});
});
