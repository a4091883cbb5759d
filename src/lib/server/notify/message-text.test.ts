import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ruleCatalogue } from '#db/rules/alarm.ts';
import { absenceText, alarmText, CONDITION_WORDS, DANGER_SIGNS } from './message-text.ts';

const place = { siteName: '盈丰颂湖榭住宅项目', subjectName: '1# 塔吊' };
const measured = { condition: 'moment', origin: 'device', value: 104.004, limit: 100, unit: '%' } as const;

describe('a message to a telephone', () => {
	test.each([
		['says where, what and how much', measured, place, [], '盈丰颂湖榭住宅项目 1# 塔吊 力矩 104%，限值 100%'],
		[
			'of a site without power names the site once and how many are silent',
			{ condition: 'powerLost', origin: 'site', value: 13, limit: 2, unit: '' },
			{ siteName: '甲工地', subjectName: '甲工地' },
			[],
			'甲工地 工地失电失联，13 台设备没有声音',
		],
		[
			'of a pit says which signs were reported',
			{ condition: 'dangerSign', origin: 'device', value: 2, limit: 1, unit: '' },
			{ siteName: '甲工地', subjectName: '1# 基坑' },
			[4, 5],
			'甲工地 1# 基坑 险情 周边地面突然严重开裂、空洞或下陷、周边管线变形突增、开裂或泄漏',
		],
		[
			'of a call for help has no number',
			{ condition: 'sos', origin: 'device', value: 1, limit: 1, unit: '' },
			{ siteName: '甲工地', subjectName: '定位器 139' },
			[],
			'甲工地 定位器 139 紧急求助',
		],
	] as const)('%s', (_, row, subject, signs, expected) => {
		expect(alarmText(row, subject, signs)).toBe(expected);
	});
	test('says who is missing, and where', () => {
		expect(absenceText('盈丰街道', ['gridSupervisor', 'dutyOfficer'])).toBe('盈丰街道网格监督员、值班员无人值班');
		expect(absenceText(null, [])).toBe('');
	});
	const path = new URL('../../client/words/messages/zh-CN.json', import.meta.url);
	const pages = JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
	test('knows every sign of danger that the page offers', () => {
		const offered = Object.keys(pages).flatMap((key) => /^danger_sign_(\d+)$/.exec(key)?.[1] ?? []);
		expect(Object.keys(DANGER_SIGNS)).toEqual(offered);
	});
	test('calls every condition as the pages do', () => {
		const known = [...ruleCatalogue.map(({ condition }) => condition), ...Object.keys(CONDITION_WORDS)];
		for (const condition of known) expect(CONDITION_WORDS[condition]).toBe(pages[`condition_${condition}`]);
	});
});
