// The migrations in their order. A file that has been shipped is never edited; a change is a new file at the end.

import type { Migration } from 'kysely';
import * as area from './0001_area.ts';
import * as register from './0002_register.ts';
import * as supervision from './0003_supervision.ts';
import * as reading from './0004_reading.ts';
import * as event from './0005_event.ts';
import * as access from './0006_access.ts';
import * as imports from './0007_import.ts';
import * as people from './0010_people.ts';
import * as rowSecurity from './0011_row_security.ts';
import * as process from './0015_process.ts';
import * as backup from './0016_backup.ts';
import * as waysIn from './0020_ways_in.ts';
import * as alarmLife from './0025_alarm_life.ts';
import * as duty from './0026_duty.ts';
import * as rule from './0030_rule.ts';
import * as pitWatch from './0031_pit_watch.ts';
import * as coverage from './0035_coverage.ts';
import * as patrol from './0036_patrol.ts';
import * as floodSignal from './0045_flood_signal.ts';
import * as floodResponse from './0046_flood_response.ts';
import * as floodLadder from './0047_flood_ladder.ts';
import * as floodMeasure from './0048_flood_measure.ts';
import * as floodStation from './0049_flood_station.ts';
import * as floodExposure from './0050_flood_exposure.ts';
import * as weatherFeedState from './0051_weather_feed_state.ts';
import * as terrain from './0052_terrain.ts';
import * as floodLink from './0053_flood_link.ts';
import * as deviceMemory from './0054_device_memory.ts';
import * as companion from './0055_companion.ts';
import * as plainRole from './0056_plain_role.ts';
import * as oneLease from './0057_one_lease.ts';
import * as wallOfFloodAndPatrol from './0058_wall_of_flood_and_patrol.ts';
import * as stopWithin from './0059_stop_within.ts';
import * as reachEstimates from './0060_reach_estimates.ts';
import * as wallOfHistory from './0061_wall_of_history.ts';
import * as expiredPhoto from './0062_expired_photo.ts';
import * as exposureOfSite from './0063_exposure_of_site.ts';
import * as pointZeroing from './0064_point_zeroing.ts';
import * as departmentKeys from './0065_department_keys.ts';
import * as alarmOfObject from './0066_alarm_of_object.ts';
import * as waitingChange from './0067_waiting_change.ts';
import * as changeAhead from './0068_change_ahead.ts';
import * as handoverAnswer from './0069_handover_answer.ts';
import * as endCause from './0070_end_cause.ts';
import * as processBirth from './0071_process_birth.ts';
import * as companionQuota from './0072_companion_quota.ts';
import * as proposedPeriod from './0073_proposed_period.ts';

export const migrations: Record<string, Migration> = {
	'0001_area': area,
	'0002_register': register,
	'0003_supervision': supervision,
	'0004_reading': reading,
	'0005_event': event,
	'0006_access': access,
	'0007_import': imports,
	'0010_people': people,
	'0011_row_security': rowSecurity,
	'0015_process': process,
	'0016_backup': backup,
	'0020_ways_in': waysIn,
	'0025_alarm_life': alarmLife,
	'0026_duty': duty,
	'0030_rule': rule,
	'0031_pit_watch': pitWatch,
	'0035_coverage': coverage,
	'0036_patrol': patrol,
	'0045_flood_signal': floodSignal,
	'0046_flood_response': floodResponse,
	'0047_flood_ladder': floodLadder,
	'0048_flood_measure': floodMeasure,
	'0049_flood_station': floodStation,
	'0050_flood_exposure': floodExposure,
	'0051_weather_feed_state': weatherFeedState,
	'0052_terrain': terrain,
	'0053_flood_link': floodLink,
	'0054_device_memory': deviceMemory,
	'0055_companion': companion,
	'0056_plain_role': plainRole,
	'0057_one_lease': oneLease,
	'0058_wall_of_flood_and_patrol': wallOfFloodAndPatrol,
	'0059_stop_within': stopWithin,
	'0060_reach_estimates': reachEstimates,
	'0061_wall_of_history': wallOfHistory,
	'0062_expired_photo': expiredPhoto,
	'0063_exposure_of_site': exposureOfSite,
	'0064_point_zeroing': pointZeroing,
	'0065_department_keys': departmentKeys,
	'0066_alarm_of_object': alarmOfObject,
	'0067_waiting_change': waitingChange,
	'0068_change_ahead': changeAhead,
	'0069_handover_answer': handoverAnswer,
	'0070_end_cause': endCause,
	'0071_process_birth': processBirth,
	'0072_companion_quota': companionQuota,
	'0073_proposed_period': proposedPeriod,
};
