// Asks one polled feed and takes what it answers. Late, repeated and changed messages are sorted out where signals and
// readings are taken; here only the asking, and what came of it.

import { floodRules } from '#db/rules/flood.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { CMA_ALARM_INFO } from '#lib/domain/flood/public-json.ts';
import { readUsgs } from '#lib/domain/flood/usgs.ts';
import type { Db } from '../db/connection.ts';
import { Fault } from '../errors.ts';
import { expectedArea } from './expected.ts';
import { readCap, type ReadMessages } from './read-cap.ts';
import { parseJson, readList, type Ours } from './read-list.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { claimFeed, noteAnswer, noteFailure, type DueFeed, type Heard } from '../repositories/weather-feed.ts';
import { takeSignals } from '../commands/take-signals.ts';
import { takeReadings } from '../commands/take-water.ts';

export interface PollPlace extends Ours {
	district: string;
	now: () => number;
}

export type PollFeed =
	| { ok: true; heard: Heard | null; events: EventMessage[] }
	| { ok: false; reason: 'not-found' }
	| { ok: false; fault: string };

/**
 * @param id - this feed now; without it the one whose time has come first
 * @returns `not-found` when none is due
 */
export async function pollFeed(db: Db, outbound: Outbound, place: PollPlace, id?: string): Promise<PollFeed> {
	const at = () => new Date(place.now());
	const feed = await claimFeed(db, at(), id);
	if (!feed) return { ok: false, reason: 'not-found' };
	try {
		const answer = await outbound.ask(feed.url, {
			headers: {
				accept: feed.form === 'cap' ? 'application/cap+xml, application/xml, text/xml' : 'application/json',
				...(feed.etag ? { 'if-none-match': feed.etag } : {}),
			},
			maxBytes: floodRules.feedBytes.value,
		});
		if (answer.status === 304) {
			await noteAnswer(db, feed.id, null, at());
			return { ok: true, heard: null, events: [] };
		}
		if (!answer.ok)
			throw new Fault(
				'upstream-down',
				feed.name,
				`对方答复 HTTP ${answer.status} · It answered HTTP ${answer.status}.`,
			);
		const { heard, events } = await take(db, feed, await answer.text(), place, at());
		await noteAnswer(db, feed.id, { heard, etag: answer.headers.get('etag') }, at());
		return { ok: true, heard, events };
	} catch (error) {
		if (!(error instanceof Fault)) throw error;
		await noteFailure(db, feed.id, error.message, at());
		return { ok: false, fault: error.message };
	}
}

async function take(
	db: Db,
	feed: DueFeed,
	text: string,
	place: PollPlace,
	now: Date,
): Promise<{ heard: Heard; events: EventMessage[] }> {
	const caller = { system: `feed ${feed.name}`, now };
	if (feed.form === 'usgs') {
		const { accepted, rejected, events } = await takeReadings(db, caller, readingsOf(text, feed));
		return { heard: { taken: accepted, repeated: 0, refused: rejected.length }, events };
	}
	const { messages, refused } = await messagesOf(db, feed, text, place);
	const { taken, repeated, events } = await takeSignals(db, caller, messages, 'poll');
	return { heard: { taken, repeated, refused: refused.length }, events };
}

function readingsOf(text: string, feed: DueFeed) {
	const root = parseJson(text, feed.name);
	try {
		return readUsgs(root);
	} catch (cause) {
		if (!(cause instanceof RangeError)) throw cause;
		throw new Fault('bad-input', feed.name, `答复中没有 ${cause.message} · The answer holds no ${cause.message}.`, {
			cause,
		});
	}
}

async function messagesOf(db: Db, feed: DueFeed, text: string, place: PollPlace): Promise<ReadMessages> {
	const expected = await expectedArea(db, place.district);
	if (feed.form === 'cap') return readCap(text, expected);
	// The same service under another address is still the same service: its own ids, under the feed's id.
	const read = readList(
		text,
		feed.mapping ? feed.id : 'cma-alarminfo',
		feed.mapping ?? CMA_ALARM_INFO,
		expected,
		place,
	);
	const most = floodRules.signalsAtOnce.value;
	if (read.messages.length > most)
		throw new Fault('too-large', feed.name, `一次最多 ${most} 条预警 · At most ${most} warnings at once.`);
	return read;
}
