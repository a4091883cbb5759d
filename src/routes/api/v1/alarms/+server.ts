import type { Feature, Point } from 'geojson';
import type { AlarmMessage } from '#lib/contract/events.ts';
import { isToldNames } from '#lib/domain/access/principal.ts';
import { alarmWithoutNames } from '#lib/server/alarms/without-names.ts';
import { listResponse } from '#lib/server/http/api.ts';
import { alarmQuery } from '#lib/server/http/alarm-query.ts';
import { alarmMessage } from '#lib/server/alarms/alarm-row.ts';
import { alarmsInScope } from '#lib/server/repositories/alarm.ts';
import type { RequestHandler } from './$types';

/** Alarms in scope, newest first, named and placed as the live state knows their machines and points. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope, principal, runtime }, url }) => {
	const filter = alarmQuery(url);
	const alarms = await alarmsInScope(scopedDb, scope, filter);
	const features = alarms.map((alarm): Feature<Point | null, AlarmMessage> => {
		const told = alarmMessage(alarm, runtime.live.describe(alarm.deviceId, alarm.objectNo));
		const properties = isToldNames(principal) ? told : alarmWithoutNames(told);
		const geometry: Point | null = properties.at && { type: 'Point', coordinates: properties.at };
		return { type: 'Feature', id: alarm.id, geometry, properties };
	});
	return listResponse(url, filter, features, () => filter.after + features.length);
};
