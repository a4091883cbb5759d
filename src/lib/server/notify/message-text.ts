// What a message to a telephone says of an alarm: where, what, how much, and who should have been told before. Chinese:
// it leaves the page behind, and with it the choice of a language.

import type { DutyRole } from '#lib/domain/alarm/escalation.ts';
import { hasNumber } from '#lib/domain/alarm/has-number.ts';
import type { AlarmRow, Subject } from '../alarms/alarm-row.ts';

/** By condition, as the pages call them; a test holds both together. */
export const CONDITION_WORDS: Readonly<Record<string, string>> = {
	moment: '力矩',
	load: '载重',
	wind: '风速',
	tilt: '倾角',
	climbing: '顶升风速',
	jib: '群塔距离',
	collision: '防碰撞',
	sos: '紧急求助',
	cumulative: '累计值',
	rate: '变化速率',
	waterRate: '水位变化',
	side: '同侧多点',
	dangerSign: '险情',
	dust: '扬尘',
	noiseDay: '昼间噪声',
	noiseNight: '夜间噪声',
	cameraFire: '烟火',
	cameraIntrusion: '闯入',
	cameraProtection: '防护缺失',
	offline: '离线',
	powerLost: '工地失电失联',
	gatewayLost: '网关失联',
	networkLost: '全区断网',
	stopOrder: '停工后仍动作',
};

/** The seven signs of GB 50497-2019 8.0.9 by number, shorter than on the page. */
export const DANGER_SIGNS: Readonly<Record<number, string>> = {
	1: '支护结构位移突然增大，或流沙、管涌、隆起、陷落',
	2: '支撑或锚杆过大变形、压屈、断裂、松弛、拔出',
	3: '周边建筑结构出现危害性裂缝',
	4: '周边地面突然严重开裂、空洞或下陷',
	5: '周边管线变形突增、开裂或泄漏',
	6: '冻土基坑冻融险情',
	7: '设计或当地规定的其他险情',
};

const ROLE: Readonly<Record<DutyRole, string>> = {
	gridSupervisor: '网格监督员',
	dutyOfficer: '值班员',
	leader: '带班领导',
};

/** `盈丰街道网格监督员无人值班`; nothing where everybody is there. */
export function absenceText(townName: string | null, vacant: readonly DutyRole[]): string {
	return vacant.length === 0 ? '' : `${townName ?? ''}${vacant.map((role) => ROLE[role]).join('、')}无人值班`;
}

/** @param signs - of danger, that people have reported at the pit */
export function alarmText(
	row: Pick<AlarmRow, 'condition' | 'origin' | 'value' | 'limit' | 'unit'>,
	{ siteName, subjectName }: Pick<Subject, 'siteName' | 'subjectName'>,
	signs: readonly number[],
): string {
	const where = [siteName, subjectName === siteName ? null : subjectName].filter((name) => name);
	const how = signs.length > 0 ? signs.map((sign) => DANGER_SIGNS[sign] ?? '').join('、') : howMuch(row);
	const what = CONDITION_WORDS[row.condition] ?? row.condition;
	return [...where, how === '' ? what : `${what}${row.origin === 'device' ? ' ' : '，'}${how}`].join(' ');
}

function howMuch(row: Parameters<typeof alarmText>[0]): string {
	if (row.value === null || row.condition === 'offline') return '';
	if (row.origin !== 'device') return `${row.value} 台设备没有声音`;
	return hasNumber(row) ? `${round(row.value)}${row.unit}，限值 ${round(row.limit)}${row.unit}` : '';
}

export const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('；');
const round = (value: number) => Math.round(value * 100) / 100;
