import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LiveDevice } from '../live/live-device.ts';
import { checkReading, Refusal } from './check-reading.ts';
import { scanReadings } from './scan-readings.ts';

const NOW = Date.parse('2026-11-20T08:00:00Z');
const device = new LiveDevice({ id: 'TC-1', kind: 'craneMonitor', no: 1, registeredS: 5, flats: null });
const devices = new Map([[device.id, device]]);

/** What becomes of a body, the slow way and the quick way, as far as both can be compared. */
function outcome(items: readonly unknown[]): unknown[] {
	return items.map((item) => {
		const found = checkReading(item, devices, NOW);
		if (found instanceof Refusal) return found.code;
		const { atUs, seq, text, raw, values } = found;
		return { atUs, seq, raw, stored: JSON.parse(text) as unknown, judged: { ...values } };
	});
}

const usual =
	'{"readings":[{"device":"TC-1","at":"2026-11-20T08:00:00+08:00","seq":12,"values":{"momentPercent":41.7,"windMs":4.8}}]}';

describe('a telemetry body', () => {
	test('in its usual form is read without JSON.parse', () => {
		const [reading] = scanReadings(usual) ?? [];
		expect(reading).toMatchObject({
			...{ deviceId: 'TC-1', seq: 12, atUs: Date.UTC(2026, 10, 20) * 1000 },
			text: '{"momentPercent":41.7,"windMs":4.8}',
			values: { momentPercent: 41.7, windMs: 4.8 },
		});
	});

	test('keeps numbers of every name for judging: people in a hoist, the height of a mast', () => {
		const [reading] = scanReadings(usual.replace('momentPercent', 'personsPercent')) ?? [];
		expect(reading!.values['personsPercent']).toBe(41.7);
	});

	test.each([
		['with blanks and line ends', JSON.stringify(JSON.parse(usual), null, '\t')],
		['without a number', usual.replace('"seq":12,', '')],
		['without readings', '{"readings":[]}'],
		['without values', usual.replace(/\{"moment.*?\}/, '{}')],
		['with a quantity nobody knows', usual.replace('momentPercent', 'a34004-Rtd')],
		['with a time that is none', usual.replace('T08', ' 08')],
	])('%s is read as well', (_, text) => {
		expect(scanReadings(text)).toBeDefined();
	});

	test.each([
		['with an escape', usual.replace('TC-1', 'TC\\u002d1')],
		['in another script', usual.replace('momentPercent', '力矩')],
		['with a text for a value', usual.replace('4.8', '"4,8"')],
		['with an exponent', usual.replace('4.8', '48e-1')],
		['with very many digits', usual.replace('4.8', '4.8000000000000001')],
		['with raw', usual.replace('"values"', '"raw":{},"values"')],
		['with a second list', usual.replace(/\}$/, ',"more":[]}')],
		['with a special name', usual.replace('momentPercent', '__proto__')],
		['with a comma too many', usual.replace('}]', '},]')],
		['with something behind it', `${usual}x`],
		['that is cut', usual.slice(0, -1)],
	])('%s is left to JSON.parse', (_, text) => {
		expect(scanReadings(text)).toBeUndefined();
	});

	test('comes to the same either way, whatever it holds', () => {
		const value = fc.oneof(
			{ weight: 6, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }) },
			{ weight: 6, arbitrary: fc.integer({ min: -99_999, max: 99_999 }).map((n) => n / 100) },
			fc.jsonValue(),
		);
		const name = fc.oneof(
			{ weight: 6, arbitrary: fc.constantFrom('momentPercent', 'windMs', 'personsPercent', 'mastHeightM', 'pm2.5') },
			fc.string(),
		);
		const reading = fc.record(
			{
				device: fc.constantFrom('TC-1', 'TC-1', 'TC-2'),
				at: fc.constantFrom('2026-11-20T08:00:00+08:00', '2026-11-20T08:00:00Z', '2030-01-01T00:00:00Z', 'now'),
				seq: fc.oneof({ weight: 8, arbitrary: fc.nat() }, fc.double()),
				values: fc.dictionary(name, value, { maxKeys: 6 }),
			},
			{ requiredKeys: ['device', 'at', 'values'] },
		);
		const space = fc.constantFrom(undefined, 1, '\t');
		let scanned = 0;
		fc.assert(
			fc.property(fc.array(reading, { maxLength: 4 }), space, (readings, indent) => {
				const text = JSON.stringify({ readings }, null, indent);
				const quick = scanReadings(text);
				if (!quick) return;
				scanned++;
				const slow = (JSON.parse(text) as { readings: unknown[] }).readings;
				expect(outcome(quick)).toEqual(outcome(slow));
			}),
			{ numRuns: 3000 },
		);
		expect(scanned).toBeGreaterThan(300);
	});

	test('that JSON.parse refuses is never read', () => {
		fc.assert(
			fc.property(
				fc.nat(usual.length),
				fc.nat(usual.length),
				fc.constantFrom('', '"', '{', ',', '0', '.', '-', ']'),
				(at, length, put) => {
					const text = usual.slice(0, at) + put + usual.slice(at + (length % 3));
					let isJson = true;
					try {
						JSON.parse(text);
					} catch {
						isJson = false;
					}
					if (!isJson) expect(scanReadings(text)).toBeUndefined();
					else expect(text.length).toBeGreaterThan(0);
				},
			),
			{ numRuns: 5000 },
		);
	});
});
