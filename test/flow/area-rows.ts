// What each door has to do with areas: the rows of the area matrix. A door without a row fails.

import type { Ask } from './at-the-doors.ts';
import { CAMPAIGN, type OneTown } from './two-towns.ts';

/**
 * `list`: shows what belongs to the own area and nothing else.
 * `one`: one thing by its id, or a change of it: in the own area, never in another.
 * `whole`: the business of the district; a grant for a town does not open it.
 * `apart`: nothing in it belongs to an area; the reason says why. What it answers names nothing of another area either.
 */
export type AreaRow =
	| { kind: 'list'; ask?: (town: OneTown) => Ask }
	| { kind: 'one'; ask: (town: OneTown) => Ask; shows?: boolean; refusedInside?: boolean; done?: RegExp }
	| { kind: 'whole'; ask?: (town: OneTown) => Ask }
	| { kind: 'apart'; why: string };

const list: AreaRow = { kind: 'list' };
const whole: AreaRow = { kind: 'whole' };
const apart = (why: string): AreaRow => ({ kind: 'apart', why });
/** A change: asked about the own thing it goes through the doors, asked about another’s it does not. */
const one = (ask: (town: OneTown) => Ask): AreaRow => ({ kind: 'one', ask });
/** As `one`, and the answer names the thing. */
const shown = (ask: (town: OneTown) => Ask): AreaRow => ({ kind: 'one', ask, shows: true });
const byId = (id: keyof OneTown, more: Omit<Ask, 'params'> = {}) =>
	one((town) => ({ params: { id: town[id] }, ...more }));
/** Done once, by whoever came first; then it is said that there is nothing left to do. */
const once = (row: AreaRow, done: RegExp): AreaRow => ({ ...row, done }) as AreaRow;
const sheet = (id: keyof OneTown) => shown((town) => ({ params: { id: town[id] } }));

const DATA_COMES_BY_API = apart('an empty page; what it shows it asks of the API');
const SELF = apart('the own account');
const LINK = apart('whoever holds the link');
const PROGRAM = apart('what the program itself is and how it stands');
const SHARED = apart('weather and rules of the whole district, for everybody in it');

const LEDGER_ITEM = { kind: 'responsible', name: '值守', person: '沈岚' };
const SURVEY = {
	...{ groundM: null, lowGroundM: null, waterloggedTimes: null, waterM: null, spoilHeightM: null },
	...{ hasUnderground: null, tempStructures: null, gondolas: null, people: 40, pumpM3h: null, riverStationId: null },
	source: '现场踏勘',
};
let area = 10_000;
const until = new Date(Date.now() + 3_600_000).toISOString();

export const AREAS: Record<string, AreaRow> = {
	'GET /healthz': PROGRAM,
	'GET /livez': PROGRAM,
	'GET /readyz': PROGRAM,
	'GET /metrics': whole,
	'GET /login': SELF,
	'POST /login': SELF,
	'GET /login/link/[token]': LINK,
	'POST /login/link/[token]': LINK,
	'GET /login/second': SELF,
	'POST /login/second': SELF,
	'GET /login/sso/[provider]': SELF,
	'GET /login/sso/[provider]/back': SELF,
	'GET /account': SELF,
	'POST /account': SELF,
	'GET /account/confirm': SELF,
	'POST /account/confirm': SELF,
	'POST /account/passkey': SELF,
	'GET /(board)': DATA_COMES_BY_API,
	'GET /(board)/risk': DATA_COMES_BY_API,
	'GET /(board)/alarms': DATA_COMES_BY_API,
	'GET /(board)/alarms/quality': DATA_COMES_BY_API,
	'GET /(board)/alarms/handover': DATA_COMES_BY_API,
	'GET /(board)/alarms/duty': DATA_COMES_BY_API,
	'GET /(board)/import': whole,
	'GET /(board)/site/[id]': byId('site'),
	'GET /(board)/machine/[id]': byId('installation'),
	'GET /(board)/pit/[id]': byId('pit'),
	'GET /(board)/device/[id]': DATA_COMES_BY_API,
	'GET /(board)/dead-letters': whole,
	'GET /api/v1/dead-letters': whole,
	'GET /api/v1/dead-letters/[id]': whole,
	'POST /api/v1/dead-letters/replay': whole,
	'POST /api/v1/dead-letters/discard': whole,
	'POST /api/v1/dead-letters/restore': whole,
	'GET /api/v1/device-mappings': whole,
	'PUT /api/v1/device-mappings': whole,
	'GET /api/v1/devices/[id]': sheet('device'),
	'GET /api/v1/devices/[id]/curve': byId('device', { query: '?quantity=windMs' }),
	'GET /api/v1/stills/[id]': byId('still'),
	'GET /(board)/flood': DATA_COMES_BY_API,
	'GET /(board)/flood/what-if': DATA_COMES_BY_API,
	'GET /(board)/flood/ladder': DATA_COMES_BY_API,
	'GET /(board)/flood/ledger': DATA_COMES_BY_API,
	'GET /(board)/flood/events': DATA_COMES_BY_API,
	'GET /(board)/flood/events/[id]': DATA_COMES_BY_API,
	'GET /(board)/flood/feeds': DATA_COMES_BY_API,
	'GET /api/v1/flood/feeds': SHARED,
	'GET /api/v1/flood/stations': SHARED,
	'PUT /api/v1/flood/feeds/[id]': whole,
	'DELETE /api/v1/flood/feeds/[id]': whole,
	'POST /api/v1/flood/feeds/[id]': whole,
	'GET /f/[token]': LINK,
	'POST /f/[token]': LINK,
	'GET /duty/[token]': LINK,
	'POST /duty/[token]': LINK,
	'GET /wall': DATA_COMES_BY_API,
	'GET /basemap/own/[file]': SHARED,
	'GET /basemap/own/tianditu/[layer]/[z]/[x]/[y]': SHARED,
	'GET /admin/sessions': SELF,
	'POST /admin/sessions': SELF,
	'GET /admin/people': whole,
	'POST /admin/people': whole,
	'GET /admin/people/[id]': whole,
	'POST /admin/people/[id]': whole,
	'GET /admin/walls': whole,
	'POST /admin/walls': whole,
	'GET /admin/audit': whole,
	'POST /admin/audit/export': whole,
	'GET /admin/tokens': whole,
	'POST /admin/tokens': whole,
	'POST /api/v1/telemetry': apart('keys are bound to devices: “a key and the devices of others”'),
	'GET /api/v1/hot-work': list,
	'GET /api/v1/picture': list,
	'GET /api/v1/events': list,
	'GET /api/v1/board': list,
	'GET /api/v1/sites': list,
	'GET /api/v1/sites/[id]': sheet('site'),
	'GET /api/v1/machines': list,
	'GET /api/v1/machines/[id]': sheet('installation'),
	'GET /api/v1/pits': list,
	'GET /api/v1/pits/[id]': sheet('pit'),
	'GET /(board)/rules': DATA_COMES_BY_API,
	'GET /(board)/pit/[id]/section': DATA_COMES_BY_API,
	'GET /(board)/machine/[id]/file': DATA_COMES_BY_API,
	'GET /api/v1/machines/[id]/file': sheet('installation'),
	'GET /api/v1/pits/[id]/section': sheet('pit'),
	'GET /api/v1/pits/[id]/danger': one(({ pit, danger }) => ({ params: { id: pit }, query: `?photo=${danger}` })),
	'POST /api/v1/pits/[id]/danger': byId('pit', { body: { sign: 2, note: '坑底隆起' } }),
	'PATCH /api/v1/pits/[id]/danger': once(
		one(({ pit, danger }) => ({ params: { id: pit }, body: { dangerId: danger, note: '已回填反压' } })),
		/已解除/,
	),
	'POST /api/v1/pits/[id]/walk': byId('pit', {
		body: { day: new Date().toISOString().slice(0, 10), isSound: true, note: '' },
	}),
	'GET /api/v1/rules': list,
	'POST /api/v1/rules': one(({ site }) => ({
		body: {
			...{ ruleKey: 'towerCrane.moment', scope: { kind: 'site', id: site }, values: { deadband: 7 } },
			...{ from: null, until: null, reason: '试用' },
		},
	})),
	'POST /api/v1/rules/devices': {
		kind: 'list',
		ask: () => ({ body: { ruleKey: 'towerCrane.moment', scope: { kind: 'bureau', id: null } } }),
	},
	'DELETE /api/v1/rules/changes/[id]': byId('draft'),
	'GET /api/v1/rules/changes/[id]/backtest': once(byId('draft'), /尚未回测/),
	'POST /api/v1/rules/changes/[id]/backtest': once(byId('draft'), /正在回测/),
	'DELETE /api/v1/rules/changes/[id]/backtest': byId('draft'),
	'POST /api/v1/rules/changes/[id]/activate': byId('draft'),
	'POST /api/v1/rules/changes/[id]/end': byId('active', { body: { reason: '试用结束' } }),
	'GET /api/v1/alarms': list,
	'GET /api/v1/alarms/[id]': sheet('alarm'),
	'GET /api/v1/alarms/quality': list,
	'GET /api/v1/handovers': list,
	'POST /api/v1/handovers': apart('signs over what the own area shows: “GET /api/v1/handovers”'),
	'POST /api/v1/handovers/[id]': byId('handover', { body: { reply: 'take', note: '' } }),
	'GET /api/v1/duty': apart('one roster for the bureau; what it tells of alarms keeps to the area'),
	'POST /api/v1/duty': whole,
	'DELETE /api/v1/duty': whole,
	'POST /api/v1/duty/test': whole,
	'POST /api/v1/push': SELF,
	'POST /api/v1/push/[id]': LINK,
	'POST /api/v1/alarms/moves': {
		...one(({ alarm }) => ({ body: { move: 'comment', alarms: [alarm], note: '已电话核实' } })),
		refusedInside: true,
	} as AreaRow,
	'POST /api/v1/devices/[id]/service': byId('device', { body: { until, reason: '检修' } }),
	'GET /api/v1/hazards': { kind: 'list' },
	'POST /api/v1/patrol/solve': apart('a problem in, a plan out; nothing is read'),
	'GET /api/v1/patrol/plans': list,
	'POST /api/v1/patrol/plans': whole,
	'GET /api/v1/patrol/plans/[id]': sheet('plan'),
	'PUT /api/v1/patrol/plans/[id]': whole,
	'DELETE /api/v1/patrol/plans/[id]': whole,
	'POST /api/v1/patrol/plans/[id]/take-back': whole,
	'POST /api/v1/patrol/plans/[id]/solve': whole,
	'POST /api/v1/patrol/plans/[id]/issue': whole,
	'POST /api/v1/patrol/plans/[id]/emergency': whole,
	'GET /api/v1/patrol/plans/[id]/roads': byId('plan'),
	'GET /api/v1/patrol/draws': list,
	'POST /api/v1/patrol/draws': whole,
	'GET /api/v1/patrol/draws/[id]': sheet('draw'),
	'POST /api/v1/patrol/draws/[id]': whole,
	'GET /(board)/patrol/staff': whole,
	'GET /api/v1/patrol/staff': whole,
	'POST /api/v1/patrol/staff': whole,
	'PUT /api/v1/patrol/staff/[id]': whole,
	'DELETE /api/v1/patrol/staff/[id]': whole,
	'POST /api/v1/patrol/quotas': whole,
	'DELETE /api/v1/patrol/quotas/[id]': whole,
	'GET /api/v1/patrol/people': apart('officers, bases and cars of the bureau'),
	'GET /api/v1/field/today': apart('the day of the officer who asks'),
	'POST /api/v1/field/items': apart('stops of the own team only: “not-your-stop” in patrol-plan.test.ts'),
	'POST /api/v1/field/photos': apart('stops of the own team only: “not-your-stop” in patrol-plan.test.ts'),
	'GET /api/v1/field/photos/[id]': byId('fieldPhoto'),
	'GET /(board)/patrol': DATA_COMES_BY_API,
	'GET /(print)/patrol/[planId]': one(({ plan }) => ({ params: { planId: plan } })),
	'GET /(board)/grids': DATA_COMES_BY_API,
	'GET /api/v1/grids': list,
	'POST /api/v1/grids': once(
		one(({ grid }) => ({ body: { moves: [], owners: [{ gridId: grid, ownerName: '沈岚', backupName: null }] } })),
		/没有此记录/,
	),
	'GET /m': DATA_COMES_BY_API,
	'GET /(board)/coverage/rules': DATA_COMES_BY_API,
	'GET /(board)/coverage': DATA_COMES_BY_API,
	'GET /(print)/coverage/[roundId]': { kind: 'list', ask: () => ({ params: { roundId: CAMPAIGN } }) },
	'GET /api/v1/coverage': list,
	'GET /api/v1/coverage/rules': apart('numbers of the bureau, the same everywhere, and sums over the own sites'),
	'GET /api/v1/coverage/rounds/[id]/report': { kind: 'list', ask: () => ({ params: { id: CAMPAIGN } }) },
	'POST /api/v1/coverage/rounds': whole,
	'POST /api/v1/coverage/rounds/[id]': whole,
	'POST /api/v1/imports': whole,
	'GET /api/v1/imports/[id]': whole,
	'PATCH /api/v1/imports/[id]': whole,
	'POST /api/v1/imports/[id]': whole,
	'GET /api/v1/sources': whole,
	'POST /api/v1/sources/[id]/undo': { kind: 'whole', ask: ({ source }) => ({ params: { id: source } }) },
	'POST /api/v1/register/[kind]': one(({ site }) => ({
		params: { kind: 'sites' },
		body: { id: site, values: { floorAreaM2: ++area }, datum: 'wgs84' },
	})),
	'GET /api/v1/register/[kind]/[id]': shown(({ site }) => ({ params: { kind: 'sites', id: site } })),
	'POST /api/v1/bindings': one(({ installation, device }) => ({
		body: { deviceId: device, to: { kind: 'machines', id: installation }, at: new Date().toISOString() },
	})),
	'POST /api/v1/points/[id]/zero': one(({ point }) => ({
		params: { id: point },
		body: { at: new Date().toISOString(), kept: 12.5, reason: '更换传感器' },
	})),
	'GET /api/v1/history/[kind]/[id]': one(({ site }) => ({ params: { kind: 'sites', id: site } })),
	'GET /api/v1/flood': list,
	'GET /api/v1/flood/signals': SHARED,
	'POST /api/v1/flood/signals': whole,
	'POST /api/v1/flood/signals/hand': whole,
	'POST /api/v1/flood/responses': whole,
	'DELETE /api/v1/flood/responses/[id]': whole,
	'POST /api/v1/flood/readings': whole,
	'GET /api/v1/flood/terrain': SHARED,
	'POST /api/v1/flood/terrain': whole,
	'GET /api/v1/flood/terrain/[id]': SHARED,
	'DELETE /api/v1/flood/terrain/[id]': whole,
	'POST /api/v1/flood/grids': whole,
	'GET /api/v1/flood/grids/[id]': SHARED,
	'GET /api/v1/flood/exposure': apart('sites by their numbers: “exposure to floods is worked out for the own sites”'),
	'GET /api/v1/flood/sites/[id]': sheet('site'),
	'PUT /api/v1/flood/sites/[id]': byId('site', { body: SURVEY }),
	'POST /api/v1/flood/sites/[id]/ledger': byId('site', { body: { do: 'put', item: LEDGER_ITEM } }),
	'GET /api/v1/flood/ladder': SHARED,
	'POST /api/v1/flood/ladder': whole,
	'GET /api/v1/flood/notices/[id]': sheet('notice'),
	'POST /api/v1/flood/notices/[id]': whole,
	'GET /api/v1/flood/photos/[id]': byId('floodPhoto'),
	'POST /api/v1/beacons': apart('what a browser says of itself'),
	'POST /api/v1/people/reveal': shown(({ site }) => ({ body: { sheet: 'site', sites: [site], reason: '核对责任人' } })),
	'GET /api/v1/flood/duty': apart('draws of the bureau; sites of other areas are left out'),
	'POST /api/v1/flood/duty': whole,
	'GET /api/v1/flood/events': SHARED,
	'GET /api/v1/flood/events/[id]': apart('the book of the district; lines of sites keep to the area'),
	'POST /api/v1/flood/events/[id]': whole,
	'GET /api/v1/flood/events/[id]/summary': apart('made of the same book'),
	'POST /api/v1/flood/storm': whole,
	'GET /api/v1/openapi.json': PROGRAM,
	// The last one: it ends the session.
	'POST /login/out': SELF,
};
