import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { Reading, TELEMETRY_LIMITS } from '#lib/contract/telemetry.ts';
import { LiveDevice } from '../live/live-device.ts';
import { checkReading, Refusal } from './check-reading.ts';

const NOW = Date.parse('2026-11-20T08:00:00Z');
const AT = '2026-11-20T08:00:00+08:00';
const device = new LiveDevice({ id: 'TC-1', kind: 'craneMonitor', no: 1, registeredS: 5, flats: null });
const devices = new Map([[device.id, device]]);
const check = (item: unknown, narrowing?: Parameters<typeof checkReading>[3]) =>
	checkReading(item, devices, NOW, narrowing);
const codeOf = (item: unknown) => {
	const found = check(item);
	return found instanceof Refusal ? found.code : 'ok';
};
const reading = (more: object) => ({ device: 'TC-1', at: AT, seq: 1, values: { windMs: 3 }, ...more });
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('a reading', () => {
	test.each<[string, unknown, string]>([
		['as the formats say is taken', reading({}), 'ok'],
		['without a number of its own is number 0', { device: 'TC-1', at: AT, values: {} }, 'ok'],
		[
			'with quantities nobody knows is taken as it comes',
			reading({ values: { 风速等级: 6, 'a34004-Rtd': 0.05, ok: true, code: 'E17' } }),
			'ok',
		],
		['of a device that is not in the register is refused', reading({ device: 'TC-2' }), 'unknown-device'],
		['of no device is refused', reading({ device: 7 }), 'unknown-device'],
		['in local time without a zone is taken', reading({ at: '2026-11-20T08:00:00' }), 'ok'],
		['with a time as vendors write it is taken', reading({ at: '2026-11-20 08:00:00.5' }), 'ok'],
		['without seconds is refused', reading({ at: '2026-11-20 08:00' }), 'bad-time'],
		['with half a zone is refused', reading({ at: '2026-11-20T08:00:00+08' }), 'bad-time'],
		['at a number of milliseconds is refused', reading({ at: NOW }), 'bad-time'],
		['of a clock that was never set is refused', reading({ at: '1970-01-01T00:00:07Z' }), 'bad-time'],
		['ten minutes ahead is taken', reading({ at: '2026-11-20T08:10:00Z' }), 'ok'],
		['further ahead is refused', reading({ at: '2026-11-20T08:10:01Z' }), 'future'],
		['of the year 9999 is refused', reading({ at: '9999-12-31T23:59:59Z' }), 'future'],
		['of last week is taken', reading({ at: '2026-11-13T08:00:00Z' }), 'ok'],
		['with a negative number is refused', reading({ seq: -1 }), 'bad-value'],
		['with half a number is refused', reading({ seq: 1.5 }), 'bad-value'],
		['with null for its number is refused', reading({ seq: null }), 'bad-value'],
		['without values is refused', reading({ values: undefined }), 'bad-value'],
		['with a list of values is refused', reading({ values: [1, 2] }), 'bad-value'],
		['with an empty list for values is refused', reading({ values: [] }), 'bad-value'],
		['with NaN is refused', reading({ values: { windMs: NaN } }), 'bad-value'],
		['with 1e400 is refused', reading({ values: JSON.parse('{"windMs":1e400}') as unknown }), 'bad-value'],
		['with null is refused', reading({ values: { windMs: null } }), 'bad-value'],
		['with a list inside is refused', reading({ values: { windMs: [3] } }), 'bad-value'],
		['with a quantity as text is refused', reading({ values: { windMs: 'x' } }), 'bad-value'],
		['with a number in quotes is refused', reading({ values: { windMs: '9.8' } }), 'bad-value'],
		['with a comma for a point is refused', reading({ values: { windMs: '1,5' } }), 'bad-value'],
		['with yes for a quantity is refused', reading({ values: { windMs: true } }), 'bad-value'],
		[
			'with a quantity as text that it says itself is invalid is kept as evidence',
			reading({ values: { windMs: 'ERR', momentPercent: 40 }, quality: { windMs: 'invalid' } }),
			'ok',
		],
		['with text for what is no quantity of ours is taken', reading({ values: { state: 'x' } }), 'ok'],
		['with a very long text is refused', reading({ values: { note: 'x'.repeat(257) } }), 'bad-value'],
		['with a NUL in a text is refused', reading({ values: { note: 'a\0b' } }), 'bad-value'],
		['with half a character is refused', reading({ values: { note: '\ud83d' } }), 'bad-value'],
		['with an empty name is refused', reading({ values: { '': 1 } }), 'bad-value'],
		['with a NUL in a name is refused', reading({ values: { 'a\0': 1 } }), 'bad-value'],
		[
			'with __proto__ is taken without it',
			reading({ values: JSON.parse('{"__proto__":1,"windMs":2}') as unknown }),
			'ok',
		],
		[
			'with 64 values is taken',
			reading({ values: Object.fromEntries(Array.from({ length: 64 }, (_, i) => [`v${i}`, i])) }),
			'ok',
		],
		[
			'with 65 values is refused',
			reading({ values: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`v${i}`, i])) }),
			'too-many-values',
		],
		['with what the device sent keeps it', reading({ raw: { hex: '7e0200', bits: [1, 0, null] } }), 'ok'],
		['with too much raw is refused', reading({ raw: 'x'.repeat(TELEMETRY_LIMITS.raw) }), 'bad-value'],
		['with raw nested too deep is refused', reading({ raw: nested(33) }), 'bad-value'],
		['that is no object is refused', 'TC-1', 'bad-value'],
		['that is null is refused', null, 'bad-value'],
	])('%s', (_, item, code) => {
		expect(codeOf(item)).toBe(code);
	});

	test('with a quantity as text is told what is wrong, where, and what is expected', () => {
		const found = check(reading({ values: { momentPercent: 40, windMs: 'x' } }));
		expect(found).toMatchObject({
			code: 'bad-value',
			message:
				'values.windMs 是文本“x”，应为不带引号的数字，如 "windMs": 9.8 · ' +
				'values.windMs is the text “x”; expected a number without quotes, as "windMs": 9.8.',
		});
	});

	test('is stored as JSON that means the same', () => {
		const values = { momentPercent: 92.1, windMs: -0, ok: true, 'na"me': 'x"\\\n', tiny: 5e-324, huge: 1.7e308 };
		const row = check(reading({ values }));
		expect(row instanceof Refusal).toBe(false);
		if (!(row instanceof Refusal)) expect(JSON.parse(row.text)).toEqual({ ...values, windMs: 0 });
	});

	test('of a device the key does not speak for is not allowed', () => {
		expect(check(reading({}), { deviceIds: ['TC-9'] })).toMatchObject({ code: 'not-allowed' });
		expect(check(reading({}), { siteIds: ['elsewhere'] })).toMatchObject({ code: 'not-allowed' });
		expect(check(reading({}), { quantities: ['tiltDeg'] })).toMatchObject({ code: 'not-allowed' });
		expect(check(reading({}), { deviceIds: ['TC-1'], quantities: ['windMs'] })).not.toBeInstanceOf(Refusal);
	});
});

describe('the check by hand', () => {
	const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 300 }),
		fc.constantFrom('__proto__', 'prototype', '1a', ' '),
	);
	const value = fc.oneof(fc.double(), fc.boolean(), text, json);
	const item = fc.record(
		{
			device: fc.oneof({ weight: 4, arbitrary: fc.constant('TC-1') }, json),
			at: fc.oneof({ weight: 4, arbitrary: fc.constant(AT) }, text, json),
			seq: fc.oneof(fc.nat(), fc.double(), json),
			values: fc.oneof({ weight: 4, arbitrary: fc.dictionary(text, value, { maxKeys: 5 }) }, json),
			raw: json,
		},
		{ requiredKeys: ['device', 'at', 'values'] },
	);

	test('F-24 and the schema agree on what a reading is, whatever is sent', () => {
		fc.assert(
			fc.property(fc.oneof({ weight: 9, arbitrary: item }, json), (sent) => {
				// The device and the state of its clock are not the schema's business.
				const found = check(sent);
				const code = found instanceof Refusal ? found.code : 'ok';
				const at = (sent as { at?: string } | null)?.at;
				const isClock = (code === 'bad-time' || code === 'future') && v.safeParse(Reading.entries.at, at).success;
				if (code === 'unknown-device' || isClock) return;
				expect(code === 'ok').toBe(v.safeParse(Reading, sent).success);
			}),
			{ numRuns: 2000 },
		);
	});

	test('and the schema keep the same values', () => {
		fc.assert(
			fc.property(item, (sent) => {
				const found = check(sent);
				if (found instanceof Refusal) return;
				const parsed = v.parse(Reading, sent);
				expect(JSON.parse(found.text)).toEqual(JSON.parse(JSON.stringify(parsed.values)));
				expect(found.seq).toBe(parsed.seq);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('members of a reading that nobody here knows', () => {
	const rawOf = (more: object) => JSON.parse((check(reading(more)) as { raw: string }).raw) as unknown;

	test('are kept with what was sent', () => {
		expect(rawOf({ firmware: '2.1', bits: [1, 0] })).toEqual({ firmware: '2.1', bits: [1, 0] });
		expect(rawOf({ firmware: '2.1', raw: { hex: '7e' } })).toEqual({ firmware: '2.1', raw: { hex: '7e' } });
	});

	test('leave it as it is where there are none, and refuse nothing where they are too large', () => {
		expect(rawOf({ raw: { hex: '7e' } })).toEqual({ hex: '7e' });
		expect(rawOf({ log: 'x'.repeat(TELEMETRY_LIMITS.raw + 1), raw: 1 })).toBe(1);
		expect(rawOf({ log: '\0' })).toEqual({ notKept: 'too large or invalid' });
	});
});
