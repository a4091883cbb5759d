// That a hand-over was refused, for the one who signed it and may have left its page long since.

import type { EventMessage } from '#lib/contract/events.ts';

/** @param after - number of the newest event that was looked at already */
export function refusalFor(
	me: string | null,
	recent: readonly EventMessage[],
	after: number,
): { seq: number; by: string; reason: string } | undefined {
	const news = recent.findLast(
		({ seq, type, data }) => seq > after && type === 'handover:refused' && data['from'] === me,
	);
	return news && { seq: news.seq, by: String(news.data['by']), reason: String(news.data['reason']) };
}
