// What is watched on which machine or point: limits, deadbands and delays.

import type { ConditionRules } from '../../src/lib/domain/alarm/condition.ts';
import type { GroupRules } from '../../src/lib/domain/alarm/groups.ts';
import type { MeasureRules, WatchRules } from '../../src/lib/domain/alarm/watch.ts';
import { boxAlarmRules } from './box-alarms.ts';
import { cameraRules } from './camera.ts';
import { DELAYS, seconds } from './delays.ts';
import { deviceRules } from './device.ts';
import { lifting, loadRules } from './load.ts';
import { machineRules } from './machine.ts';
import { at } from './limit-at.ts';
import { pitRules } from './pit.ts';
import { stationRules } from './station.ts';
import { weatherRules } from './weather.ts';
import { assumed, reported } from './provenance.ts';

const twice = assumed(2, '', 'a repeat measurement confirms a displacement');
const thrice = reported(3, '', 'GB 50497-2019 8.0.4 note: three times in a row');

const TILT = 'live tilt under load against the free-standing mast; not the 4/1000 test of JGJ 196';

const moment: WatchRules = {
	condition: 'moment',
	quantity: 'momentPercent',
	measure: 'plain',
	by: { key: 'towerCrane.moment', ...lifting },
};

const wind: WatchRules = {
	condition: 'wind',
	quantity: 'windMs',
	measure: 'windMean',
	by: {
		key: 'towerCrane.wind',
		limits: [at('warning', weatherRules.towerCraneWarning), at('danger', weatherRules.towerCraneStop)],
		deadband: assumed(1, 'm/s', DELAYS),
		onDelay: seconds(60),
		offDelay: seconds(600),
		isLatched: false,
	},
};

const tilt: WatchRules = {
	condition: 'tilt',
	quantity: 'tiltDeg',
	measure: 'lean',
	by: {
		key: 'towerCrane.tilt',
		limits: [at('warning', assumed(0.5, 'deg', TILT)), at('danger', assumed(1, 'deg', TILT))],
		deadband: assumed(0.05, 'deg', DELAYS),
		onDelay: seconds(10),
		offDelay: seconds(60),
		isLatched: false,
	},
};

/** Climbing (顶升) stops earlier than lifting; it counts only while the box says that the crane climbs. */
const climbing: WatchRules = {
	condition: 'climbing',
	quantity: 'windMs',
	measure: 'windMean',
	whileTrue: 'climbing',
	by: {
		key: 'towerCrane.climbing',
		limits: [at('danger', weatherRules.climbing)],
		deadband: assumed(0.5, 'm/s', DELAYS),
		onDelay: seconds(30),
		offDelay: seconds(300),
		isLatched: false,
	},
};

const { clearance } = machineRules;
/** The nearest of its neighbours, of which the lower jib must give way. */
const jib: WatchRules = {
	condition: 'jib',
	quantity: 'jibDistanceM',
	measure: 'derived',
	isOff: true,
	by: {
		key: 'towerCrane.jib',
		side: 'below',
		limits: [
			at('notice', clearance.notice, assumed(2, '', 'two poses in a row: one may be read wrongly')),
			at('warning', clearance.warning, assumed(2, '', 'two poses in a row: one may be read wrongly')),
			at('danger', clearance.stop),
		],
		deadband: assumed(2, 'm', DELAYS),
		onDelay: seconds(0),
		offDelay: seconds(60),
		isLatched: false,
	},
};

const hoistWind: WatchRules = {
	condition: 'wind',
	quantity: 'windMs',
	measure: 'windMean',
	by: {
		key: 'hoist.wind',
		limits: [at('warning', weatherRules.hoistErection), at('danger', weatherRules.hoistStop)],
		deadband: assumed(1, 'm/s', DELAYS),
		onDelay: seconds(60),
		offDelay: seconds(600),
		isLatched: false,
	},
};

const gondolaWind: WatchRules = {
	condition: 'wind',
	quantity: 'windMs',
	measure: 'windMean',
	by: {
		key: 'gondola.wind',
		limits: [at('danger', weatherRules.gondola)],
		deadband: assumed(1, 'm/s', DELAYS),
		onDelay: seconds(60),
		offDelay: seconds(600),
		isLatched: false,
	},
};

/** Danger signs of GB 50497-2019 8.0.9 that people have reported and that are not over. */
const dangerSign: WatchRules = {
	condition: 'dangerSign',
	quantity: 'dangerSigns',
	measure: 'derived',
	isCounted: true,
	by: {
		key: 'pit.dangerSign',
		limits: [
			at('danger', {
				value: 1,
				unit: '',
				source: 'GB 50497-2019 8.0.9 (mandatory): danger alarm at once',
				confidence: 'verified',
			}),
		],
		deadband: assumed(0, '', 'a sign is there or not'),
		onDelay: seconds(0),
		offDelay: seconds(0),
		isLatched: true,
	},
};

const settling: Pick<ConditionRules, 'deadband' | 'onDelay' | 'offDelay' | 'isLatched'> = {
	deadband: assumed(0, '%', DELAYS),
	onDelay: seconds(0),
	offDelay: seconds(0),
	isLatched: true,
};

const { utilisation } = pitRules;
const cumulative: WatchRules = {
	condition: 'cumulative',
	quantity: 'cumulativeMm',
	measure: 'utilisation',
	by: {
		key: 'monitorPoint.cumulative',
		limits: [
			at('notice', utilisation.notice, twice),
			at('warning', utilisation.warning, twice),
			at('danger', utilisation.danger, twice),
		],
		...settling,
	},
};

const rate: WatchRules = {
	condition: 'rate',
	quantity: 'cumulativeMm',
	measure: 'rate',
	by: {
		key: 'monitorPoint.rate',
		limits: [at('warning', utilisation.rateWarning, thrice), at('danger', utilisation.danger)],
		...settling,
	},
};

const { sideVotes } = pitRules;
/** Several points of one side agree: the wall moves, and not one sensor. Carried by the first point of the side. */
const side: WatchRules = {
	condition: 'side',
	quantity: 'votes',
	measure: 'derived',
	by: {
		key: 'monitorPoint.side',
		limits: [at('warning', sideVotes.warning, twice), at('danger', sideVotes.danger, twice)],
		...settling,
		deadband: assumed(0, '', 'a point agrees or not'),
	},
};

/** Groundwater is reported as a level in metres; its rate has a limit of its own (table 8.0.5). */
const waterRate: WatchRules = {
	condition: 'waterRate',
	quantity: 'levelM',
	measure: 'rate',
	by: {
		key: 'monitorPoint.waterRate',
		limits: [at('warning', utilisation.warning, thrice), at('danger', utilisation.danger)],
		...settling,
	},
};

/** Silence, counted in expected intervals. */
const offline: ConditionRules = {
	key: 'device.offline',
	limits: [at('notice', deviceRules.presence.offlineAfter)],
	deadband: assumed(0, '', 'the first frame ends it'),
	onDelay: seconds(0),
	offDelay: seconds(0),
	isLatched: false,
};

export const alarmRules = {
	towerCrane: { moment, load: loadRules.towerCrane, wind, tilt, climbing, collision: boxAlarmRules.collision, jib },
	hoist: { load: loadRules.hoist, wind: hoistWind },
	gondola: { load: loadRules.gondola, wind: gondolaWind },
	unloadingPlatform: { load: loadRules.unloadingPlatform },
	monitorPoint: { cumulative, rate, waterRate, side },
	pit: { dangerSign },
	camera: cameraRules,
	tracker: { sos: boxAlarmRules.sos },
	site: stationRules,
	offline,
};

/** Every rule a bureau can look at and change, in the order of the rules page. */
export const ruleCatalogue: readonly WatchRules[] = [
	...Object.values(alarmRules.towerCrane),
	...Object.values(alarmRules.hoist),
	...Object.values(alarmRules.gondola),
	...Object.values(alarmRules.unloadingPlatform),
	...Object.values(alarmRules.monitorPoint),
	...Object.values(alarmRules.pit),
	...Object.values(alarmRules.site),
	...Object.values(alarmRules.camera),
	...Object.values(alarmRules.tracker),
];

export const groupRules: GroupRules = {
	clearance: machineRules.clearance,
	poseFor: assumed(70, 's', 'a monitor at rest speaks once a minute'),
	voteFor: assumed(26, 'h', 'a daily round and two hours'),
	voteFrom: sideVotes.from,
	votesNeeded: sideVotes.warning,
};

export const measureRules: MeasureRules = {
	plausible: deviceRules.plausible,
	wind: weatherRules.windMean,
	rate: pitRules.rate,
	baseline: machineRules.baseline,
};
