// The word for every value of the domain that a person reads: levels, kinds, stages, grades. One function per union,
// so that a value added to the domain without a word does not compile.

import type { MachineProperties, PitProperties, PointProperties, SiteProperties } from '#lib/contract/board.ts';
import type { Presence } from '#lib/domain/known.ts';
import type { Level } from '#lib/domain/level.ts';
import type { ObjectKind } from '#lib/domain/picture/columns.ts';
import type { Confidence } from '#lib/domain/rule.ts';
import { m } from './generated/messages.js';
import { getLocale } from './generated/runtime.js';
import type { RiskBand } from '../ui/palette.ts';

type Stage = 'preparation' | 'foundation' | 'structure' | 'masonry' | 'finishing' | 'completion';

export const levelWord = (level: Level) => m[`level_${level}`]();
export const kindWord = (kind: ObjectKind | PointProperties['kind'] | 'machine' | 'town' | 'grid') =>
	m[`kind_${kind}`]();
export const stateWord = (state: SiteProperties['state']) => m[`siteState_${state}`]();
export const riskGradeWord = (grade: SiteProperties['riskGrade']) => m[`riskGrade_${grade ?? 'unknown'}`]();
export const signWord = (sign: NonNullable<SiteProperties['sign']>) => m[`sign_${sign}`]();
export const ageGradeWord = (grade: MachineProperties['ageGrade']) => m[`ageGrade_${grade}`]();
export const pitStageWord = (stage: PitProperties['stage']) => m[`pitStage_${stage}`]();
export const pitGradeWord = (grade: PitProperties['grade']) => m[`pitGrade_${grade ?? 'unknown'}`]();
export const riskWord = (band: RiskBand) => m[`risk_${band}`]();
export const confidenceWord = (confidence: Confidence) => m[`confidence_${confidence}`]();
export const presenceWord = (presence: Presence) =>
	presence === 'never-reported' ? m.presence_neverReported() : m[`presence_${presence}`]();

/** A town in the language of the page, as far as the register has one. */
export const townWord = ({ name, nameEn }: { name: string; nameEn: string | null }) =>
	getLocale() === 'en' ? (nameEn ?? name) : name;

export const stageWord = (stage: string | null) => m[`stage_${(stage ?? 'unknown') as Stage}`]();

/** Kinds as the server writes them into names: `3# 塔吊`, `摄像头 AI-1`. */
const KINDS_IN_NAMES: Readonly<Record<string, () => string>> = {
	...{ 塔吊: m.kind_towerCrane, 施工升降机: m.kind_hoist, 物料提升机: m.kind_materialHoist },
	...{ 移动式起重机: m.kind_mobileCrane, 门式起重机: m.kind_gantryCrane, 塔机监测仪: m.deviceKind_craneMonitor },
	...{
		升降机监测仪: m.deviceKind_hoistMonitor,
		基坑传感器: m.deviceKind_pitSensor,
		扬尘监测站: m.deviceKind_dustStation,
	},
	...{ 摄像头: m.deviceKind_camera, 定位器: m.deviceKind_tracker, 卸料平台: m.deviceKind_unloadingPlatform },
	...{ 吊篮: m.deviceKind_gondola, 焊机: m.deviceKind_hotWork, 网关: m.device_gateway, 全区网络: m.device_network },
};
/** A name as the server tells it, with its kind in the language of the page. */
export const thingName = (name: string) =>
	getLocale() === 'zh-CN'
		? name
		: name
				.split(' ')
				.map((part) => KINDS_IN_NAMES[part]?.() ?? part)
				.join(' ');

/** On what somebody has seen something, as the server keeps it; rows of earlier versions hold the Chinese word. */
const SCREENS: Readonly<Record<string, () => string>> = {
	...{ phone: m.screen_phone, tablet: m.screen_tablet, computer: m.screen_computer },
	...{ 手机: m.screen_phone, 平板: m.screen_tablet, 电脑: m.screen_computer },
};
export const screenWord = (screen: string) => SCREENS[screen]?.() ?? screen;

/** Names that come from a table as plain text fall back to themselves: a device may send what nobody foresaw. */
function named(prefix: string, name: string): string {
	const word = (m as Record<string, unknown>)[`${prefix}_${name}`];
	return typeof word === 'function' ? (word as () => string)() : name;
}

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

export const conditionWord = (condition: string) => named('condition', condition);
/** What an alarm is of and how bad it is, in one: `风速预警`. */
export const conditionAtLevel = (condition: string, level: Level) =>
	m.alarm_titleAtLevel({ condition: conditionWord(condition), level: levelWord(level) });

/** Also of a part of it, as dust stations report: `PM10 均值`. */
export function quantityWord(quantity: string): string {
	const [, base, part] = /^(.+)-(Min|Max|Avg|Cou|Flag)$/.exec(quantity) ?? [];
	if (base === undefined || part === undefined) return named('quantity', quantity);
	return m.quantity_partOf({ name: named('quantity', base), part: named('quantityPart', part) });
}
/** What a box says is on, as names with commas between. */
export const boxAlarmWords = (names: string) =>
	names
		.split(',')
		.map((name) => named('boxAlarm', name))
		.join(m.ui_listComma());
export const readingSpanWord = (span: string) => named('readingSpan', span);
export const deadReasonWord = (reason: string) => named('deadletter_reason', camel(reason));
export const deadStateWord = (state: string) => named('deadletter_state', state);
export const qualityWord = (quality: string) => named('device_quality', quality);
export const pointQuantityWord = (quantity: string) => named('pointQuantity', quantity);
export const supportWord = (support: string | null) => (support ? named('support', support) : m.ui_notRecorded());
export const hazardCategoryWord = (category: string) => named('hazardCategory', category);
export const skillWord = (skill: string) => named('skill', skill);
export const visitOccasionWord = (occasion: string) => named('visitOccasion', occasion);
export const visitResultWord = (result: string) => named('visitResult', result);
