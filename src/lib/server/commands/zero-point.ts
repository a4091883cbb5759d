// Records that the sensor of a pit point was set to zero anew: what the point had reached goes on from there, so that
// the step is no movement. Part of the register, with its history, to be taken back like any change by hand.

import { randomUUID } from 'node:crypto';
import type { PointZeroed, ZeroingWish } from '#lib/contract/pit-section.ts';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import { calledBy } from '#lib/domain/access/principal.ts';
import { keptAt, zeroingsIn } from '#lib/domain/pit/zeroing.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents } from '../events/log.ts';
import { addSource } from '../repositories/source.ts';
import { pointForZeroing, putZeroings, saidBefore, type ZeroedPoint } from '../repositories/zeroing.ts';
import type { Announcing } from './change-register.ts';

/** @throws Fault when the caller may not, there is no such point, or the moment does not fit */
export async function zeroPoint(
	db: Db,
	caller: Caller,
	pointId: string,
	wish: ZeroingWish,
	{ announce }: Announcing = {},
): Promise<PointZeroed> {
	const { events, ...done } = await transaction(db, async (tx) => {
		const point = await permitted(tx, caller, pointId);
		const at = new Date(wish.at);
		const last = point.zeroings.at(-1);
		if (at > caller.now) throw wrong('at', '清零时间不能在将来 · The moment must not lie in the future.');
		if (last && at.getTime() <= Date.parse(last.at))
			throw wrong('at', `须晚于上一次清零 · The moment must be after the last zeroing (${last.at}).`);
		const kept = wish.kept ?? (await reached(tx, point, at));

		const signed = signedBy(caller);
		const sourceId = randomUUID();
		await addSource(tx, {
			...{ id: sourceId, kind: 'hand', subject: 'points', name: point.name, fileSha256: null, datum: null },
			...{ at: caller.now, by: signed.actor, summary: { added: 0, changed: 1, closed: 0 } },
		});
		const { principal, now } = caller;
		const by = calledBy(principal);
		const zeroing = { at: at.toISOString(), kept, reason: wish.reason, by, recordedAt: now.toISOString() };
		await putZeroings(tx, pointId, [...point.zeroings, zeroing], { at: now, by: signed.actor, sourceId });
		const events = await appendEvents(tx, [
			{
				...{ at: now, type: 'register:changed' },
				subject: {
					...{ kind: 'points', id: point.id, no: point.no, siteId: point.siteId },
					...(point.townCode !== null && { townCode: point.townCode }),
				},
				data: { subject: 'points', change: 'changed', name: point.name, sourceId },
			},
		]);
		await audit(tx, {
			...signed,
			action: 'register:edit',
			object: `points ${point.name}`,
			detail: { sourceId, zeroedAt: zeroing.at, kept, reason: wish.reason },
			outcome: 'done',
		});
		return { events, sourceId, kept };
	});
	announce?.(events);
	return done;
}

async function permitted(tx: Db, { principal }: Caller, pointId: string): Promise<ZeroedPoint> {
	const point = await pointForZeroing(tx, scopeOf(principal), pointId);
	if (!point)
		throw new Fault(
			'not-found',
			pointId,
			'没有这个测点，或不在您的管辖范围内 · There is no such point, or it is outside your area.',
		);
	const { townCode, gridCode, siteId } = point;
	if (!authorize(principal, 'register:edit', { townCode, gridCode, siteId }).ok)
		throw new Fault('forbidden', 'register:edit', '您没有修改此处名册的权限 · You may not change the register here.');
	return point;
}

/** What it said last before, on top of what it had kept by then. */
async function reached(tx: Db, point: ZeroedPoint, at: Date): Promise<number> {
	const said = await saidBefore(tx, point.id, at);
	if (!said)
		throw wrong(
			'kept',
			'此前没有读数，请填写清零前的累计值 · It said nothing before; say what the point had reached by then.',
		);
	const kept = said.value + keptAt(zeroingsIn(point.zeroings), said.at.getTime());
	return Math.round(kept * 1000) / 1000;
}

function wrong(field: 'at' | 'kept', sentence: string): Fault {
	return new Fault('bad-input', field, sentence, { details: [{ field, value: '' }] });
}
