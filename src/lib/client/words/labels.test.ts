import { afterEach, describe, expect, test } from 'vitest';
import { deviceKind } from '#lib/server/auth/device-kind.ts';
import { CRANE_BITS } from '#lib/server/ingest/decode/bits.ts';
import { m } from './generated/messages.js';
import { overwriteGetLocale } from './generated/runtime.js';
import { boxAlarmWords, quantityWord, screenWord, thingName } from './labels.ts';

describe('what a device sends, in words', () => {
	test.each(['pm10-Avg', 'ratedLoadT', 'tiltXDeg', 'alarms', 'welding', 'signalBars'])('%s is no raw code', (name) => {
		expect(quantityWord(name)).not.toContain(name);
	});
	test('a name nobody foresaw stays as it was sent', () => {
		expect(quantityWord('weird')).toBe('weird');
		expect(quantityWord('weird-Avg')).toContain('weird');
		expect(boxAlarmWords('bit24')).toBe('bit24');
	});
	test('every bit of a crane that has a meaning has a word', () => {
		const words = m as unknown as Record<string, unknown>;
		expect(CRANE_BITS.filter((name) => typeof words[`boxAlarm_${name}`] !== 'function')).toEqual([]);
	});
	test('several that are on are a list', () => {
		expect(boxAlarmWords('collision,moment')).toBe(
			`${m.boxAlarm_collision()}${m.ui_listComma()}${m.boxAlarm_moment()}`,
		);
	});
});

test.each([
	['zh-CN', ['手机', '平板', '电脑']],
	['en', ['phone', 'tablet', 'computer']],
] as const)('what somebody looked at something with has a word in %s', (locale, words) => {
	overwriteGetLocale(() => locale);
	expect(
		['Mozilla/5.0 (iPhone) Mobile', 'Mozilla/5.0 (iPad)', 'Mozilla/5.0 (X11; Linux)'].map(deviceKind).map(screenWord),
	).toEqual(words);
	// As earlier versions stored it.
	expect(['手机', '平板', '电脑'].map(screenWord)).toEqual(words);
	overwriteGetLocale(() => 'zh-CN');
});

describe('a name the server tells', () => {
	afterEach(() => overwriteGetLocale(() => 'zh-CN'));

	test('has its kind in the language of the page, and stays as it is otherwise', () => {
		expect(thingName('3# 塔吊')).toBe('3# 塔吊');
		overwriteGetLocale(() => 'en');
		expect(thingName('3# 塔吊')).toBe('3# Tower crane');
		expect(thingName('摄像头 AI-1')).toBe('Camera AI-1');
		expect(thingName('瓜沥晴映岸科技大厦')).toBe('瓜沥晴映岸科技大厦');
	});
});
