// What the alarm board shows, kept in the address so that a link shows the same: `?lv=danger&cond=wind&new=1`.

import type { AlarmMessage } from '#lib/contract/events.ts';

export interface BoardFilter {
	level: AlarmMessage['level'][];
	condition: string[];
	town: string[];
	unacknowledged: boolean;
	/** A person's id. */
	assignee: string | null;
}

const LEVELS = ['danger', 'warning', 'notice'] as const;
const NAMES = ['lv', 'cond', 'in', 'new', 'by'];

export const NO_FILTER: BoardFilter = { level: [], condition: [], town: [], unacknowledged: false, assignee: null };

export function parseFilter(parameters: URLSearchParams): BoardFilter {
	const words = (name: string) => (parameters.get(name) ?? '').split(',').filter(Boolean);
	return {
		level: LEVELS.filter((level) => words('lv').includes(level)),
		condition: words('cond').filter((word) => /^[a-zA-Z]{2,40}$/.test(word)),
		town: words('in').filter((code) => /^\d{9}$/.test(code)),
		unacknowledged: parameters.get('new') === '1',
		assignee: parameters.get('by'),
	};
}

/** Writes the filter into a copy of the address's parameters. */
export function formatFilter(filter: BoardFilter, into: URLSearchParams): URLSearchParams {
	const parameters = new URLSearchParams(into);
	for (const name of NAMES) parameters.delete(name);
	if (filter.level.length) parameters.set('lv', filter.level.join(','));
	if (filter.condition.length) parameters.set('cond', filter.condition.join(','));
	if (filter.town.length) parameters.set('in', filter.town.join(','));
	if (filter.unacknowledged) parameters.set('new', '1');
	if (filter.assignee) parameters.set('by', filter.assignee);
	return parameters;
}

/** Whether anything is left out. */
export function isNarrow(filter: BoardFilter): boolean {
	return formatFilter(filter, new URLSearchParams()).size > 0;
}
