// How people call what stands on a site: `1# 塔式起重机`, the pit's name, a point's code.

import type { MachineProperties } from '#lib/contract/board.ts';
import type { BoardIndex, Registered } from '../live/board-index.ts';
import { kindWord } from '../words/labels.ts';

export function machineName({ siteNo, kind, propertyRecordNo }: MachineProperties): string {
	return `${siteNo ?? propertyRecordNo ?? ''} ${kindWord(kind)}`.trim();
}

export function nameOfEntry(entry: Registered): string {
	if ('site' in entry) return entry.site.name;
	if ('machine' in entry) return machineName(entry.machine);
	if ('pit' in entry) return entry.pit.name;
	return `${kindWord(entry.point.kind)} ${entry.point.name}`;
}

/** With the name of its site in front. */
export function fullName(index: BoardIndex, no: number): string {
	const entry = index.byNo.get(no);
	if (!entry) return '';
	const own = nameOfEntry(entry);
	const siteId = siteIdOf(entry);
	const site = siteId ? index.siteById.get(siteId) : undefined;
	return site ? `${site.name} ${own}` : own;
}

/** The site something stands on; undefined for a site itself. */
export function siteIdOf(entry: Registered): string | undefined {
	if ('machine' in entry) return entry.machine.siteId;
	if ('pit' in entry) return entry.pit.siteId;
	if ('point' in entry) return entry.point.siteId;
	return undefined;
}
