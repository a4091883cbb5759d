// The thing an alarm is about, on the map: shown without leaving the board.

import type { AlarmMessage } from '#lib/contract/events.ts';
import type { BoardContext } from '../board-context.ts';
import type { BoardIndex } from '../live/board-index.ts';
import type { SelectionKey } from '../view-url.ts';

/** What to select for an alarm; undefined when the register does not know it. */
export function subjectOf(alarm: AlarmMessage, index: BoardIndex | null): SelectionKey | undefined {
	const entry = alarm.objectNo === null ? undefined : index?.byNo.get(alarm.objectNo);
	if (entry) return { kind: entry.kind, no: entry.no };
	const site = alarm.siteId ? index?.siteById.get(alarm.siteId) : undefined;
	return site && { kind: 'site', no: site.no };
}

/** Flies to it; the column keeps the alarm. */
export function openThing({ goTo }: Pick<BoardContext, 'goTo'>, selection: SelectionKey): void {
	goTo(selection);
}
