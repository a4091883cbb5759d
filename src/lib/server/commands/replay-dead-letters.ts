// Frames that could not be read are tried again after a mapping was put right or a device was registered. What can be
// read now is stored as if it had come then: its clock is judged by the moment it came.

import type { LetterChoice, ReplayResult } from '#lib/contract/devices.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { redecode } from '../ingest/redecode.ts';
import type { MqttIntake } from '../ingest/mqtt/take-message.ts';
import { noteDeadLetter, openDeadLetters, settleDeadLetters } from '../repositories/dead-letter.ts';

export type ReplayDeadLetters = ({ ok: true } & ReplayResult) | { ok: false; reason: 'forbidden' };

const AT_ONCE = 1000;

export async function replayDeadLetters(
	db: Db,
	intake: Pick<MqttIntake, 'ingest' | 'mappings' | 'stills'>,
	caller: Caller,
	choice: LetterChoice,
): Promise<ReplayDeadLetters> {
	if (!authorize(caller.principal, 'telemetry:repair').ok) return { ok: false, reason: 'forbidden' };
	await intake.mappings.refresh();
	const done: string[] = [];
	const failed: ReplayResult['failed'] = [];
	for (const letter of await openDeadLetters(db, { ...given(choice), limit: AT_ONCE })) {
		const problem = await tryAgain(intake, letter);
		if (problem) failed.push({ id: letter.id, ...problem });
		else done.push(letter.id);
	}
	const signed = signedBy(caller);
	const replayed = await transaction(db, async (tx) => {
		for (const { id, reason, detail } of failed) await noteDeadLetter(tx, id, reason, detail);
		const count = await settleDeadLetters(tx, done, 'replayed', { at: caller.now, by: signed.actor });
		const detail = { choice, replayed: count, failed: failed.length };
		await audit(tx, { ...signed, action: 'telemetry:repair', object: 'dead letters: replay', detail, outcome: 'done' });
		return count;
	});
	return { ok: true, replayed, failed };
}

async function tryAgain(
	{ ingest, mappings, stills }: Pick<MqttIntake, 'ingest' | 'mappings' | 'stills'>,
	letter: Awaited<ReturnType<typeof openDeadLetters>>[number],
): Promise<{ reason: string; detail: string } | undefined> {
	const { protocol, source, raw, size, lastAt, reason, detail } = letter;
	// Whoever was not allowed to speak for a device is not made to by repeating it.
	if (reason === 'not-allowed') return { reason, detail };
	if (raw.length < size)
		return { reason: 'too-large', detail: '原始数据已截断，无法重放 · The bytes were cut and cannot be replayed.' };
	const { readings, stills: pictures = [], dead } = redecode({ protocol, source, raw, at: lastAt }, mappings);
	if (dead) return dead;
	const from = { protocol, source: 'replay', keepsRefused: true, asOfMs: lastAt.getTime() };
	const { rejected } = await ingest.accept(readings, undefined, from);
	if (rejected[0]) return { reason: rejected[0].code, detail: rejected[0].message };
	for (const picture of pictures) {
		const problem = await stills.take(picture);
		if (problem) return { reason: 'bad-still', detail: problem };
	}
	return undefined;
}

function given({ ids, protocol, reason }: LetterChoice) {
	return { ...(ids && { ids }), ...(protocol && { protocol }), ...(reason && { reason }) };
}
