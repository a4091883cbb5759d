// Warning signals come in, by file, push, poll or hand. Every message is kept once under (source, externalId, revision);
// what a signal is follows from all of its messages, so late and repeated ones do no harm.

import { randomUUID } from 'node:crypto';
import { floodRules } from '#db/rules/flood.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { settleSignal, type ReceivedMessage, type Signal, type SignalMessage } from '#lib/domain/flood/signal.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { addMessage, joinSignals, putSignal, relatedMessages } from '../repositories/flood-signal.ts';

export interface TakenSignals {
	/** Messages that were new. */
	taken: number;
	/** Messages that were known already. */
	repeated: number;
	events: EventMessage[];
	signals: { id: string; state: Signal['state']; problems: Signal['problems'] }[];
}

export type Channel = 'file' | 'push' | 'poll' | 'hand';

/**
 * @param caller - `system`: a feed the program asks by itself
 * @throws Fault `forbidden`, or `too-large` for more messages than a feed can mean
 */
export async function takeSignals(
	db: Db,
	caller: Caller | { system: string; now: Date },
	messages: readonly SignalMessage[],
	channel: Channel,
): Promise<TakenSignals> {
	const signed =
		'system' in caller
			? { at: caller.now, actor: `system:${caller.system}`, actorKind: 'system', address: null }
			: signedBy(caller);
	if (!('system' in caller) && !authorize(caller.principal, channel === 'hand' ? 'flood:direct' : 'flood:feed').ok)
		throw new Fault('forbidden', 'signals', '您的角色不能录入预警信号 · Your role may not bring in warning signals.');
	if (messages.length > floodRules.signalsAtOnce.value)
		throw new Fault(
			'too-large',
			'signals',
			`一次最多 ${floodRules.signalsAtOnce.value} 条预警 · At most ${floodRules.signalsAtOnce.value} warnings at once.`,
		);
	const by = { channel, name: 'system' in caller ? caller.system : nameOf(caller.principal) };
	return transaction(db, async (tx) => {
		const taken: TakenSignals = { taken: 0, repeated: 0, events: [], signals: [] };
		const changed: NewEvent[] = [];
		for (const message of messages) {
			const received: ReceivedMessage = { ...message, receivedAt: caller.now };
			const related = await relatedMessages(tx, message.source, message.externalId, message.refs);
			const isKnown = related.some(
				({ message: known }) => known.externalId === message.externalId && known.revision === message.revision,
			);
			if (isKnown) {
				taken.repeated += 1;
				continue;
			}
			const ids = [...new Set(related.map(({ signalId }) => signalId))];
			const id = ids[0] ?? randomUUID();
			const signal = settleSignal([...related.map(({ message: known }) => known), received]);
			await putSignal(tx, id, message.source, signal);
			await joinSignals(tx, id, ids.slice(1));
			await addMessage(tx, id, received, by);
			taken.taken += 1;
			taken.signals.push({ id, state: signal.state, problems: signal.problems });
			if (signal.state === 'empty') continue;
			changed.push({
				at: caller.now,
				type: 'flood:signal',
				subject: { kind: 'signal', id },
				data: { state: signal.state, kind: signal.now.kind, colour: signal.now.colour, act: message.act },
			});
		}
		taken.events = await appendEvents(tx, changed);
		if (taken.taken > 0)
			await audit(tx, {
				...signed,
				action: 'flood:feed',
				object: `signals (${channel})`,
				detail: { ids: messages.map(({ externalId }) => externalId).slice(0, 20), taken: taken.taken },
				outcome: 'done',
			});
		return taken;
	});
}
