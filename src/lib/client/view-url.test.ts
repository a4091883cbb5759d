import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LEVELS } from '#lib/domain/level.ts';
import { OBJECT_KINDS } from '#lib/domain/picture/columns.ts';
import {
	DEFAULT_VIEW,
	formatView,
	LAYER_KEYS,
	parseView,
	readable,
	SITE_STATES,
	STAGES,
	THEMES,
	type View,
} from './view-url.ts';

const tidy = (value: number, digits: number) => Number(value.toFixed(digits)) + 0;
const number = (min: number, max: number, digits: number) =>
	fc.double({ min, max, noNaN: true }).map((value) => tidy(value, digits));
const camera = fc.record({
	lng: number(-180, 180, 5),
	lat: number(-85, 85, 5),
	zoom: number(0, 24, 2),
	bearing: number(-180, 180, 1),
	pitch: number(0, 60, 1),
});
const some = <T>(all: readonly T[]) => fc.subarray([...all]);
const code = (digits: number) => fc.stringMatching(new RegExp(`^[0-9]{${digits}}$`));
const view: fc.Arbitrary<View> = fc.record({
	camera: fc.option(camera),
	layers: some(LAYER_KEYS),
	filters: fc.record({
		town: fc.uniqueArray(code(9), { maxLength: 3 }),
		stage: some(STAGES),
		state: some(SITE_STATES),
		level: some(LEVELS),
		kind: some(OBJECT_KINDS),
	}),
	selection: fc.option(
		fc.oneof(
			fc.record({ kind: fc.constantFrom(...OBJECT_KINDS), no: fc.integer({ min: 0, max: 999_999_999 }) }),
			fc.record({ kind: fc.constantFrom('town' as const, 'grid' as const), code: code(15) }),
		),
	),
	theme: fc.option(fc.constantFrom(...THEMES)),
	risk: fc.constantFrom('absolute' as const, 'perSite' as const),
});

describe('the view in the address', () => {
	test('comes back as it was written', () => {
		fc.assert(
			fc.property(view, (given) => {
				expect(parseView(new URLSearchParams(readable(formatView(given))))).toEqual(given);
			}),
		);
	});

	test('nothing in the address is the default view, and the default view is nothing in the address', () => {
		expect(parseView(new URLSearchParams())).toEqual(DEFAULT_VIEW);
		expect(readable(formatView(DEFAULT_VIEW))).toBe('');
	});

	test('a person can read it', () => {
		const parameters = formatView({
			...DEFAULT_VIEW,
			camera: { lng: 120.26, lat: 30.18, zoom: 11.2, bearing: 0, pitch: 0 },
			selection: { kind: 'towerCrane', no: 123 },
			filters: { ...DEFAULT_VIEW.filters, level: ['warning', 'danger'] },
		});
		expect(readable(parameters)).toBe('at=120.26,30.18,11.2&sel=towerCrane-123&level=warning,danger');
	});

	test('parameters of others stay', () => {
		expect(formatView(DEFAULT_VIEW, new URLSearchParams('list=alarms&sel=site-4')).toString()).toBe('list=alarms');
	});

	test.each([
		['at=120.26', 'a camera without a zoom'],
		['at=1e9,30,11', 'a place off the Earth'],
		['at=a,b,c', 'words for numbers'],
		['at=,,', 'nothing at all'],
		['sel=dragon-1', 'an unknown kind'],
		['sel=site-', 'no number'],
		['sel=site-1e3', 'no plain number'],
		['theme=pink', 'an unknown theme'],
		['level=terrible&kind=ufo&town=1;drop', 'filters nobody offers'],
	])('%s is not followed: %s', (text) => {
		expect(parseView(new URLSearchParams(text))).toEqual(DEFAULT_VIEW);
	});
});
