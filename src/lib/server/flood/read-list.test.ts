import { describe, expect, test } from 'vitest';
import { readCapAreas } from '#lib/domain/flood/cap-area.ts';
import { CMA_ALARM_INFO } from '#lib/domain/flood/public-json.ts';
import { readConfig } from '../config.ts';
import { oursOf, readList, type Ours } from './read-list.ts';

const expected = {
	bounds: [120, 29.8, 120.7, 30.4] as [number, number, number, number],
	district: '330109',
	towns: new Map([['瓜沥镇', '330109113']]),
};
const ours: Ours = { districtName: '萧山区', cityName: '杭州市' };
const entry = (CITY: string, STATIONNAME: string, ISSUECONTENT = '预计未来 6 小时有大到暴雨。') => ({
	...{ ALERTID: `${CITY}${STATIONNAME}`, PROVINCE: '浙江省', CITY, STATIONNAME, ISSUECONTENT },
	...{ SIGNALTYPE: '暴雨', SIGNALLEVEL: '橙色', ISSUETIME: '2026-07-10 08:00:00', RELIEVETIME: '2026-07-10 20:00:00' },
});
const read = (entries: object[], whose = ours) =>
	readList(JSON.stringify(entries), 'cma-alarminfo', CMA_ALARM_INFO, expected, whose).messages;

describe('of a list of the whole country', () => {
	test.each([
		['a warning of the district', entry('杭州市', '萧山区'), true],
		['a warning for the whole city the district belongs to', entry('杭州市', ''), true],
		['the same where the list names the city twice', entry('杭州市', '杭州市'), true],
		['the same by the city’s observatory', entry('杭州市', '杭州市气象台'), true],
		['the same where the list leaves the “市” out', entry('杭州', ''), true],
		['a warning of another district of the city', entry('杭州市', '余杭区'), false],
		['unless its text names ours', entry('杭州市', '余杭区', '余杭区、萧山区有暴雨。'), true],
		['a warning of another city', entry('绍兴市', ''), false],
		['a warning of a place whose name only begins alike', entry('', '杭州湾新区'), false],
	])('%s: ours is %3$s', (_, one, isOurs) => {
		expect(read([one]).length === 1).toBe(isOurs);
	});

	test('what is about other places is counted, so that nobody takes silence for loss', () => {
		const entries = [entry('杭州市', '萧山区'), entry('绍兴市', ''), entry('杭州市', '余杭区')];
		const { elsewhere, refused } = readList(JSON.stringify(entries), 'cma-alarminfo', CMA_ALARM_INFO, expected, ours);
		expect([elsewhere, refused]).toEqual([2, []]);
	});

	test('a city-wide warning holds for the whole district, or for the towns its text names', () => {
		expect(read([entry('杭州市', '')])[0]!.area.codes).toEqual(['330109']);
		expect(read([entry('杭州市', '', '瓜沥镇有暴雨。')])[0]!.area.codes).toEqual(['330109113']);
	});

	test('where no city is known only what names the district is ours', () => {
		expect(read([entry('杭州市', ''), entry('杭州市', '萧山区')], { ...ours, cityName: '' })).toHaveLength(1);
	});
});

test.each([
	['the city', '330100', ['330109']],
	['the province', '330000000000', ['330109']],
	['another city', '330200', []],
])('a CAP message by the code of %s', (_, value, codes) => {
	const { area } = readCapAreas(
		[{ areaDesc: '', polygons: [], circles: [], geocodes: [{ name: 'c', value }] }],
		expected,
	);
	expect(area.codes).toEqual(codes);
});

describe('the city is a setting', () => {
	const of = (env: Record<string, string>) => oursOf(readConfig(env)).cityName;
	test('known for the demonstration district, and for no other without being told', () => {
		expect(of({})).toBe('杭州市');
		expect(of({ DISTRICT: '320402' })).toBe('');
		expect(of({ DISTRICT: '320402', CITY_NAME: '常州市' })).toBe('常州市');
	});
	test('left empty means none, also for the demonstration district', () => {
		expect(of({ CITY_NAME: '' })).toBe('');
	});
});
