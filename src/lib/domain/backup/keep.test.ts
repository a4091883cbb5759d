import { describe, expect, test } from 'vitest';
import { superfluous } from './keep.ts';

const rules = { keepAllHours: { value: 24 }, keepDays: { value: 30 } };
const NOW = Date.parse('2026-11-26T12:00:00Z');
const at = (text: string): number => Date.parse(text);
const goes = (...texts: string[]): string[] =>
	superfluous(texts.map(at), NOW, rules).map((ms) => new Date(ms).toISOString().slice(0, 16));

describe('copies', () => {
	test('of the last 24 hours all stay, the one on the hour included', () => {
		expect(goes('2026-11-26T11:45Z', '2026-11-26T11:30Z', '2026-11-25T12:15Z', '2026-11-25T12:00Z')).toEqual([]);
	});

	test('older ones go, but for the last of each day', () => {
		expect(goes('2026-11-26T11:45Z', '2026-11-24T23:45Z', '2026-11-24T23:30Z', '2026-11-23T08:00Z')).toEqual([
			'2026-11-24T23:30',
		]);
	});

	test('after 30 days the last of the day goes too', () => {
		expect(goes('2026-11-26T11:45Z', '2026-10-27T12:00Z', '2026-10-27T11:00Z')).toEqual(['2026-10-27T11:00']);
		expect(goes('2026-11-26T11:45Z', '2026-10-27T11:59Z')).toEqual(['2026-10-27T11:59']);
	});

	test('the newest stays, however old it is', () => {
		expect(goes('2025-01-01T00:00Z', '2024-12-31T00:00Z')).toEqual(['2024-12-31T00:00']);
	});

	test('a month of quarter hours leaves 97 of the last day and one for each of the 29 days before', () => {
		const all = Array.from({ length: 31 * 96 }, (_, i) => NOW - i * 900_000);
		const gone = new Set(superfluous(all, NOW, rules));
		expect(all.filter((ms) => !gone.has(ms))).toHaveLength(97 + 29);
	});
});
