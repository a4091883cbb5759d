// What a message to a telephone says of an alarm: where, what, how much, and who should have been told before. Chinese:
// it leaves the page behind, and with it the choice of a language.

import { DANGER_SIGNS } from '#db/rules/pit.ts';
import type { DutyRole } from '#lib/domain/alarm/escalation.ts';
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

function howMuch({ condition, origin, value, limit, unit }: Parameters<typeof alarmText>[0]): string {
	if (value === null || condition === 'offline') return '';
	if (origin !== 'device') return `${value} 台设备没有声音`;
	// Something is said or not: there is no number to tell.
	if (unit === '' && limit === 1) return '';
	return `${round(value)}${unit}，限值 ${round(limit)}${unit}`;
}

export const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('；');
const round = (value: number) => Math.round(value * 100) / 100;
