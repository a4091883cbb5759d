// A body that is in order for every door that takes JSON, for tests that put something else in one of its places. A door
// without a row fails (`hostile-bodies.test.ts`).

import { randomUUID } from 'node:crypto';
import { shanghaiDay } from '#lib/domain/day.ts';
import type { Ask } from './at-the-doors.ts';
import type { OneTown } from './two-towns.ts';

export interface BodyRow {
	body: unknown;
	params?: Ask['params'];
	/** Why nothing of it is kept, where that is so. */
	unkept?: string;
}

type Rows = Record<string, (town: OneTown & { floodEvent: string; person: string }) => BodyRow[]>;

const now = new Date().toISOString();
const later = new Date(Date.now() + 3_600_000).toISOString();
const day = shanghaiDay(new Date(now));
const CHECKED = 'judged by a list of words, a code, an id or a time; nothing else gets in';
const WORDS = { name: '甲', firmId: null, isActive: true, avoids: [] };

export const BODIES: Rows = {
	'POST /account/passkey': () => [
		{ body: { do: 'enrolled', challenge: 'x', name: '钥匙', response: {} }, unkept: CHECKED },
	],
	'POST /api/v1/alarms/moves': ({ alarm }) => [
		{ body: { move: 'comment', alarms: [alarm], note: '已电话核实' } },
		{ body: { move: 'assign', alarms: [alarm], to: '', note: '请处置' }, unkept: 'nobody of that name' },
	],
	'POST /api/v1/beacons': () => [{ body: { kind: 'error', message: 'x' }, unkept: 'counted and written to the log' }],
	'POST /api/v1/bindings': ({ device, installation }) => [
		{ body: { deviceId: device, to: { kind: 'machines', id: installation }, at: now }, unkept: CHECKED },
		{
			body: {
				...{ deviceId: 'NEW-1', device: { kind: 'camera', vendor: '厂家', expectedIntervalS: 60 } },
				...{ to: { kind: 'machines', id: installation }, at: now },
			},
		},
	],
	'POST /api/v1/coverage/rounds': ({ code }) => [
		{
			body: {
				make: 'campaign',
				campaign: {
					...{ name: '专项', fromOn: day, toOn: day, quota: 3, checklist: ['临边防护'] },
					filter: { stages: ['main'], grades: ['high'], towns: [code], has: ['pit'], openHazards: false },
				},
			},
		},
		{
			body: {
				make: 'keyPeriod',
				period: { name: '国庆', kind: 'holiday', fromOn: day, toOn: day, area: code, reason: '〔2026〕5 号文' },
			},
		},
	],
	'POST /api/v1/dead-letters/discard': () => [{ body: { protocol: 'mqtt', reason: 'bad' }, unkept: 'a filter' }],
	'POST /api/v1/dead-letters/replay': () => [{ body: { protocol: 'mqtt', reason: 'bad' }, unkept: 'a filter' }],
	'POST /api/v1/dead-letters/restore': () => [{ body: { ids: ['1'] }, unkept: CHECKED }],
	'PUT /api/v1/device-mappings': ({ device }) => [
		{
			body: {
				...{ protocol: 'mqtt', externalId: 'V-1', deviceId: device, reason: '现场核对' },
				settings: { bitOrder: 'rightToLeft', unitFactors: { windMs: 1 } },
			},
		},
	],
	'POST /api/v1/devices/[id]/service': ({ device }) => [
		{ params: { id: device }, body: { until: later, reason: '检修' } },
	],
	'POST /api/v1/duty': ({ code, person }) => [
		{ body: { role: 'dutyOfficer', area: code, personId: person, from: now, to: later }, unkept: CHECKED },
	],
	'DELETE /api/v1/duty': () => [{ body: { id: randomUUID() }, unkept: CHECKED }],
	'POST /api/v1/field/items': () => [
		{
			body: {
				items: [
					{
						...{ id: randomUUID(), at: now, kind: 'newSite', what: 'other', note: '新开挖' },
						...{ fix: { at: [120.3, 30.2], accuracyM: 8 }, evidenceId: null },
					},
				],
			},
			unkept: 'the officer is not the one who asks: refused by line',
		},
	],
	'POST /api/v1/flood/events/[id]': ({ floodEvent }) => [{ params: { id: floodEvent }, body: { lessons: '早撤离' } }],
	'PUT /api/v1/flood/feeds/[id]': () => [
		{
			params: { id: randomUUID() },
			body: {
				...{ name: '气象', form: 'json', url: 'https://weather.example/list', everyS: 300, isOn: false },
				mapping: {
					...{ list: 'data', id: 'id', issuedAt: 'at', kind: 'k', colour: 'c', liftedAt: '', expiresAt: '' },
					...{ text: 't', headline: 'h', issuer: 'i', areas: ['a'], zone: '+08:00' },
				},
			},
		},
	],
	'POST /api/v1/flood/grids': () => [
		{
			body: {
				...{ product: 'radar', isForecast: false, issuedAt: now, validAt: now, periodS: 3600 },
				...{ bounds: [120, 30, 121, 31], width: 1, height: 1, mm: [1], source: '雷达' },
			},
		},
	],
	'POST /api/v1/flood/ladder': () => [
		{
			body: {
				do: 'put',
				line: {
					...{ trigger: 'rainstorm', fromLevel: 'red', work: 'lifting', measure: 'stopLifting', isOn: true },
					...{ note: '注', basis: '预案', source: '文号' },
				},
			},
		},
	],
	'POST /api/v1/flood/notices/[id]': ({ notice }) => [
		{ params: { id: notice }, body: { clear: false, reason: '仍有积水' }, unkept: 'nobody has asked to go on' },
	],
	'POST /api/v1/flood/readings': () => [
		{ body: { readings: [{ station: 'S-1', at: now, value: 3 }] }, unkept: CHECKED },
	],
	'POST /api/v1/flood/responses': ({ code }) => [
		{ body: { issuer: '防指', level: 'IV', areaCodes: [code], note: '注', beganAt: now } },
	],
	'POST /api/v1/flood/signals/hand': ({ code }) => [
		{
			body: {
				...{ kind: 'rainstorm', colour: 'red', issuer: '气象台', areaCodes: [code], headline: '标题', body: '正文' },
				...{ issuedAt: now, expiresAt: later },
			},
		},
	],
	'PUT /api/v1/flood/sites/[id]': ({ site }) => [
		{
			params: { id: site },
			body: {
				...{ groundM: null, lowGroundM: null, waterloggedTimes: null, waterM: null, spoilHeightM: null },
				...{ hasUnderground: null, tempStructures: null, gondolas: null, people: 40, pumpM3h: null },
				...{ riverStationId: null, source: '现场踏勘' },
			},
		},
	],
	'POST /api/v1/flood/sites/[id]/ledger': ({ site }) => [
		{
			params: { id: site },
			body: {
				do: 'put',
				item: {
					...{ kind: 'responsible', name: '值守', amount: 1, unit: '人', person: '沈岚', phone: '138' },
					...{ place: '门卫', doneOn: day, validUntil: day },
				},
			},
		},
	],
	'POST /api/v1/grids': ({ grid, site }) => [
		{ body: { moves: [], owners: [{ gridId: grid, ownerName: '沈岚', backupName: '陈立' }] } },
		{ body: { moves: [{ siteId: site, toGridId: grid }], owners: [] }, unkept: CHECKED },
	],
	'POST /api/v1/handovers': () => [{ body: { note: '平稳', from: '2026-07-13T00:00:00.000Z', reds: ['A-1'] } }],
	'POST /api/v1/handovers/[id]': ({ handover }) => [
		{ params: { id: handover }, body: { reply: 'refuse', note: '请先处置' }, unkept: 'a sheet of another area' },
	],
	'PATCH /api/v1/imports/[id]': () => [
		{ params: { id: randomUUID() }, body: { mapping: { 名称: 'name' }, datum: 'wgs84' }, unkept: 'no such draft' },
	],
	'POST /api/v1/imports/[id]': () => [
		{ params: { id: randomUUID() }, body: { confirm: ['closes-many'] }, unkept: 'no such draft' },
	],
	'POST /api/v1/patrol/draws': ({ code }) => [
		{ body: { on: day, purpose: '双随机', count: 1, teams: 1, grades: [], towns: [code] } },
	],
	'POST /api/v1/patrol/plans': ({ code, site }) => [
		{ body: { on: day, template: 'daily', name: '日常', teams: 1, officers: [], sites: [site], towns: [code] } },
	],
	'PUT /api/v1/patrol/plans/[id]': ({ plan }) => [
		{
			params: { id: plan },
			body: { revision: 1, drafts: [{ team: 't1', visits: ['v1'] }], locked: ['v1'], departments: { v1: ['fire'] } },
			unkept: 'names of teams and visits the plan knows; what it does not know is refused',
		},
	],
	'POST /api/v1/patrol/plans/[id]/emergency': ({ plan, site }) => [
		{ params: { id: plan }, body: { siteId: site, minutes: 40, why: '举报', accept: false }, unkept: 'only asked' },
	],
	'POST /api/v1/patrol/solve': () => [
		{ body: { places: [{ id: 'p' }], teams: [], visits: [] }, unkept: 'a problem in, a plan out' },
	],
	'POST /api/v1/patrol/staff': () => [{ body: { seq: '1' }, unkept: CHECKED }],
	'POST /api/v1/patrol/quotas': () => [
		{
			body: { ...{ kind: 'agency', companionId: randomUUID(), fromOn: day, toOn: day, most: 1 }, source: WORDS.name },
			unkept: CHECKED,
		},
	],
	'PUT /api/v1/patrol/staff/[id]': () => [
		{
			params: { id: randomUUID() },
			body: {
				...{ kind: 'expert', was: null },
				values: { ...WORDS, disciplines: ['深基坑'], isSenior: true, joinedOn: day },
			},
		},
		{
			params: { id: randomUUID() },
			body: {
				...{ kind: 'officer', was: null },
				values: {
					...{ name: '乙', login: null, certificateNo: 'Z-1', certificateUntil: day, skills: ['起重'] },
					...{ isActive: true, avoids: [] },
				},
			},
		},
		{
			params: { id: randomUUID() },
			body: { kind: 'vehicle', was: null, values: { name: '浙A1', seats: 5, isActive: true } },
		},
		{
			params: { id: randomUUID() },
			body: { kind: 'base', was: null, values: { name: '站', at: [120.3, 30.2], isDefault: false } },
		},
	],
	'POST /api/v1/people/reveal': ({ site }) => [{ body: { sheet: 'site', sites: [site], reason: '核对责任人' } }],
	'POST /api/v1/pits/[id]/danger': ({ pit }) => [{ params: { id: pit }, body: { sign: 2, note: '坑底隆起' } }],
	'PATCH /api/v1/pits/[id]/danger': ({ pit, danger }) => [
		{ params: { id: pit }, body: { dangerId: danger, note: '已回填反压' } },
	],
	'POST /api/v1/pits/[id]/walk': ({ pit }) => [{ params: { id: pit }, body: { day, isSound: true, note: '正常' } }],
	'POST /api/v1/points/[id]/zero': ({ point }) => [
		{ params: { id: point }, body: { at: now, kept: 12.5, reason: '更换传感器' } },
	],
	'POST /api/v1/push': () => [{ body: { endpoint: 'https://push.example/x', keys: { p256dh: 'k', auth: 'a' } } }],
	'POST /api/v1/register/[kind]': ({ site }) => [
		{
			params: { kind: 'sites' },
			body: { id: site, values: { name: '工地', address: '路 1 号', floorAreaM2: '9000' }, datum: 'wgs84' },
		},
	],
	'POST /api/v1/rules': ({ site }) => [
		{
			body: {
				...{ ruleKey: 'towerCrane.moment', scope: { kind: 'site', id: site }, values: { deadband: 7 } },
				...{ from: null, until: null, reason: '试用' },
			},
		},
	],
	'POST /api/v1/rules/changes/[id]/end': ({ active }) => [{ params: { id: active }, body: { reason: '试用结束' } }],
	'POST /api/v1/rules/devices': () => [
		{ body: { ruleKey: 'towerCrane.moment', scope: { kind: 'bureau', id: null } }, unkept: 'a question' },
	],
};
