import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Expected } from '#lib/domain/flood/cap-area.ts';
import { CMA_ALARM_INFO, isAboutDistrict, readPublicJson } from '#lib/domain/flood/public-json.ts';
import { Fault } from '../errors.ts';
import { readCap } from './read-cap.ts';

const folder = 'test/files/cap';
const expected: Expected = {
	bounds: [120.07, 29.84, 120.55, 30.38],
	district: '330109',
	towns: new Map([
		['城厢街道', '330109001'],
		['瓜沥镇', '330109113'],
	]),
};
const read = (name: string) => readCap(readFileSync(join(folder, name), 'utf8'), expected);
const only = (name: string) => {
	const { messages, refused } = read(name);
	expect([messages.length, refused]).toEqual([1, []]);
	return messages[0]!;
};
const sentenceOf = (name: string): string => {
	try {
		const { refused } = read(name);
		return refused.map(({ sentence }) => sentence).join(' ');
	} catch (fault) {
		if (fault instanceof Fault) return fault.message;
		throw fault;
	}
};

describe('a CAP message of a Chinese weather service', () => {
	test('is read with kind, colour, issuer and times with their zone', () => {
		expect(only('issue.good.xml')).toMatchObject({
			source: 'cap:qxt@example.gov.cn',
			externalId: 'XS-1',
			act: 'issue',
			kind: 'rainstorm',
			colour: 'yellow',
			issuer: '萧山区气象台',
			sentAt: new Date('2026-07-10T00:00:00Z'),
			problems: [],
		});
	});
	test('gives its polygon as latitude, longitude, and we turn it', () => {
		expect(only('issue.good.xml').area.polygons?.coordinates[0]?.[0]?.[0]).toEqual([120, 30]);
	});
	test('with exchanged axes is understood, and said to have been wrong', () => {
		const message = only('swapped-axes.good.xml');
		expect(message.area.polygons?.coordinates[0]?.[0]?.[0]).toEqual([120, 30]);
		expect(message.problems.map(({ code }) => code)).toEqual(['axes-swapped']);
	});
	test('with a circle becomes a polygon around its centre', () => {
		const ring = only('circle.good.xml').area.polygons!.coordinates[0]![0]!;
		expect([ring.length, ring[0]]).toEqual([49, ring[48]]);
		expect(Math.abs(ring[0]![1]! - 30.18) * 111_195).toBeCloseTo(2500, -1);
	});
	test('with codes names its towns', () => {
		expect(only('geocode.good.xml').area).toMatchObject({ codes: ['330109001'], polygons: null, isWhole: false });
	});
	test('with a polygon that crosses itself is kept for the whole district, and says why', () => {
		const message = only('self-crossing.good.xml');
		expect(message.area.isWhole).toBe(true);
		expect(message.problems.map(({ code }) => code)).toEqual(['polygon-refused', 'area-unreadable']);
	});
	test('that cancels names what it cancels', () => {
		expect(only('cancel.good.xml')).toMatchObject({ act: 'lift', refs: ['XS-1', 'XS-2'] });
	});
	test('of an exercise is one', () => {
		expect(only('exercise.good.xml').isExercise).toBe(true);
	});
});

describe('F-48 what is refused', () => {
	test.each([
		['xxe.xml', /DOCTYPE.*第 2 行/],
		['billion-laughs.xml', /DOCTYPE/],
		['wrong-namespace.xml', /没有 CAP 1.1 或 1.2.*urn:example:cap/],
		['no-sent.xml', /缺少 sent/],
		['time-without-zone.xml', /sent 不合规 “2026-07-10T08:00:00”/],
		['cut-off.xml', /XML 有误/],
		['deep.xml', /层次或元素过多/],
		['not-xml.xml', /XML 有误/],
	])('%s, with a sentence that says what and where', (name, sentence) => {
		expect(sentenceOf(name)).toMatch(sentence);
	});
	test('no bad file of the corpus was forgotten', () => {
		const bad = readdirSync(folder).filter((name) => name.endsWith('.xml') && !name.endsWith('.good.xml'));
		for (const name of bad) expect(sentenceOf(name), name).not.toBe('');
	});
});

const samples = '../shared/data';
describe.skipIf(!existsSync(join(samples, 'cap')))('published samples', () => {
	const sample = (name: string) => readCap(readFileSync(join(samples, 'cap', name), 'utf8'), expected);
	test.each([
		['earthquake.cap', 1, 0],
		['weather.cap', 1, 0],
		['bushfire_valid.edxlde', 7, 0],
		['invalid.cap', 0, 1],
		['noaa_errors.cap', 1, 0],
	])('%s: %i taken, %i refused', (name, taken, refused) => {
		const read = sample(name);
		expect([read.messages.length, read.refused.length]).toEqual([taken, refused]);
	});
	test('weather.atom carries alerts inside, and all of them are read', () => {
		expect(sample('weather.atom').messages.length).toBeGreaterThan(0);
	});
	test('weather_index.atom only lists addresses, and says so', () => {
		expect(() => sample('weather_index.atom')).toThrow(/index without alerts/);
	});
	test('signals of weather.com.cn are read by mapping, with Chinese local time', () => {
		const root = JSON.parse(readFileSync(join(samples, 'cma-alarminfo-samples.json'), 'utf8')) as unknown;
		const results = readPublicJson(root, 'cma', CMA_ALARM_INFO, expected);
		const messages = results.flatMap((result) => (result.ok ? [result.message] : []));
		expect(messages.map(({ kind, colour, event }) => [kind, colour, event])).toEqual([
			['lightning', 'yellow', '雷电'],
			['other', 'orange', '大雾'],
		]);
		expect(messages[0]!.sentAt.toISOString()).toBe('2026-10-06T13:29:27.000Z');
		expect(messages.some((message) => isAboutDistrict(message, '萧山', '杭州市'))).toBe(false);
	});
});
