// What the list of alarms can be asked beyond other lists: ?since=ISO&incident=ID&device=ID

import type { AlarmFilter } from '../repositories/alarm.ts';
import { Fault } from '../errors.ts';
import { ALARM_LIST_STATES } from './list-states.ts';
import { listQuery } from './list-query.ts';
import { isUuid } from './uuid.ts';

/** @throws Fault bad-input */
export function alarmQuery(url: URL): AlarmFilter {
	const filter: AlarmFilter = listQuery(url, ALARM_LIST_STATES);
	const since = url.searchParams.get('since');
	const incident = url.searchParams.get('incident');
	const device = url.searchParams.get('device');
	if (since !== null) {
		filter.since = new Date(since);
		if (Number.isNaN(filter.since.getTime()))
			throw new Fault('bad-input', 'since', '“since” 应为 ISO 8601 时刻 · “since” must be an ISO 8601 moment.');
	}
	if (incident !== null) {
		if (!isUuid(incident)) throw new Fault('bad-input', 'incident', '“incident” 应为编号 · “incident” must be an id.');
		filter.incident = incident;
	}
	if (device !== null) filter.device = device;
	return filter;
}
