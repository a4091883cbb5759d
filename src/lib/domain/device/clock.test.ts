import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceRules } from '../../../../db/rules/device.ts';
import { clockFault, instantUs } from './clock.ts';

describe('a moment as a device writes it', () => {
	test.each([
		['with the zone of Shanghai', '2026-11-20T08:00:00+08:00', Date.UTC(2026, 10, 20) * 1000],
		['in UTC', '2026-11-20T00:00:00Z', Date.UTC(2026, 10, 20) * 1000],
		['with microseconds', '2026-11-20T00:00:00.250001Z', Date.UTC(2026, 10, 20) * 1000 + 250_001],
		[
			'with nanoseconds, cut to microseconds',
			'2026-11-20T00:00:00.123456789Z',
			Date.UTC(2026, 10, 20) * 1000 + 123_456,
		],
		['in local time without a zone, which is that of Shanghai', '2026-11-20T08:00:00', Date.UTC(2026, 10, 20) * 1000],
		['with a blank, as vendors write it', '2026-11-20 08:00:00.5', Date.UTC(2026, 10, 20) * 1000 + 500_000],
		['with a zone without its colon', '2026-11-20T08:00:00.5+0800', Date.UTC(2026, 10, 20) * 1000 + 500_000],
		['with small letters, as RFC 3339 allows', '2026-11-20t00:00:00z', Date.UTC(2026, 10, 20) * 1000],
		['on a leap day', '2028-02-29T12:00:00-05:30', Date.UTC(2028, 1, 29, 17, 30) * 1000],
	])('%s is understood', (_, text, us) => {
		expect(instantUs(text)).toBe(us);
	});

	test.each([
		['with half a zone', '2026-11-20T08:00:00+08'],
		['with a zone of three digits', '2026-11-20T08:00:00+080'],
		['with a zone of five', '2026-11-20T08:00:00+08000'],
		['with slashes', '2026/11/20 08:00:00'],
		['without seconds', '2026-11-20T08:00+08:00'],
		['in local time without seconds', '2026-11-20 08:00'],
		['on 29 February of a common year', '2026-02-29T08:00:00Z'],
		['on the 31st of April', '2026-04-31T08:00:00Z'],
		['in month 13', '2026-13-01T08:00:00Z'],
		['at hour 24', '2026-11-20T24:00:00Z'],
		['in a leap second', '2026-11-20T23:59:60Z'],
		['before 1970', '1969-12-31T23:59:59Z'],
		['with something behind the zone', '2026-11-20T08:00:00Zjunk'],
		['with a zone beyond the date line', '2026-11-20T08:00:00+15:00'],
		['with an empty fraction', '2026-11-20T08:00:00.Z'],
		['with letters for digits', '2O26-11-20T08:00:00Z'],
		['that is empty', ''],
		['that is a very long text', '2026-11-20T08:00:00Z'.repeat(1000)],
	])('%s is none', (_, text) => {
		expect(instantUs(text)).toBeNaN();
	});

	test('means what Date understands, for every moment from 1970 to 2200', () => {
		const ms = fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) });
		fc.assert(
			fc.property(ms, (at) => {
				expect(instantUs(new Date(at).toISOString())).toBe(at * 1000);
			}),
		);
	});

	test('is refused or finite, whatever the text', () => {
		fc.assert(
			fc.property(fc.string({ maxLength: 40 }), (text) => {
				const us = instantUs(text);
				expect(Number.isNaN(us) || Number.isSafeInteger(us)).toBe(true);
			}),
		);
	});
});

describe('F-21 F-22 a device’s clock', () => {
	const now = Date.UTC(2026, 10, 20);
	test.each([
		['right is believed', 0, undefined],
		['ten minutes ahead is still believed', 600_000, undefined],
		['more than ten minutes ahead is in the future', 600_001, 'future'],
		['a year ahead is in the future', 366 * 86_400_000, 'future'],
		['a week behind is believed: readings come late', -7 * 86_400_000, undefined],
		['in 1970 was never set', -now, 'bad-time'],
	] as const)('%s', (_, offMs, fault) => {
		expect(clockFault((now + offMs) * 1000, now, deviceRules.clock)).toBe(fault);
	});

	test('that says nothing is a bad time', () => {
		expect(clockFault(NaN, now, deviceRules.clock)).toBe('bad-time');
	});
});
