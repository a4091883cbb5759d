// Fastens a device to a machine, a point or a site, moves it to another, or takes it off. What it was bound to before
// ends at the same moment, and so does the device whose place it takes.

import { randomUUID } from 'node:crypto';
import type { BindingChanged, BindingEdit } from '#lib/contract/register.ts';
import { deviceRules } from '#db/rules/device.ts';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import { calledBy } from '#lib/domain/access/principal.ts';
import { shanghaiMinute } from '#lib/domain/day.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents } from '../events/log.ts';
import {
	addDevice,
	beginBinding,
	deviceById,
	endBinding,
	holderOf,
	openBinding,
	placeForBinding,
	type Binding,
	type BoundPlace,
} from '../repositories/binding.ts';
import { alarmsRaisedSince } from '../repositories/alarm.ts';
import { addSteps } from '../repositories/alarm-step.ts';
import { addSource } from '../repositories/source.ts';
import type { Announcing } from './change-register.ts';

/** @throws Fault when the caller may not, there is no such thing, or the moment does not fit */
export async function bindDevice(
	db: Db,
	caller: Caller,
	wish: BindingEdit,
	{ announce }: Announcing = {},
): Promise<BindingChanged> {
	const { events, ...done } = await transaction(db, async (tx) => {
		const scope = scopeOf(caller.principal);
		const { deviceId } = wish;
		const at = new Date(wish.at);
		const device = await deviceById(tx, deviceId);
		const kind = device?.kind ?? wish.device?.kind;
		if (!kind) throw unknownDevice(deviceId);
		const before = await openBinding(tx, scope, deviceId);
		const place = wish.to ? await placeForBinding(tx, scope, wish.to) : undefined;
		if (wish.to && !place) throw notHere(wish.to.id);
		if (before && !before.place) throw notHere(deviceId);
		if (!wish.to && !before)
			throw new Fault('conflict', deviceId, '该设备没有绑定 · The device is not fastened to anything.');
		if (before && wish.to && before.place?.id === wish.to.id)
			throw new Fault('conflict', deviceId, '该设备已绑定在此处 · The device is fastened here already.');
		const inTheWay = wish.to ? await holderOf(tx, scope, wish.to, kind) : undefined;
		for (const one of [before?.place, place]) if (one) requireEdit(caller, one);
		for (const one of [before, inTheWay]) if (one) refuseUnlessAfter(one, at);
		refuseFuture(at, caller.now);

		const signed = signedBy(caller);
		const sourceId = randomUUID();
		const counts = { added: wish.to ? 1 : 0, changed: [before, inTheWay].filter(Boolean).length, closed: 0 };
		await addSource(tx, {
			...{ id: sourceId, kind: 'hand', subject: 'bindings', name: deviceId, fileSha256: null, datum: null },
			...{ at: caller.now, by: signed.actor, summary: counts },
		});
		const recording = { at: caller.now, by: signed.actor, sourceId };
		if (!device && wish.device) await addDevice(tx, deviceId, wish.device, recording);
		for (const one of [before, inTheWay]) if (one) await endBinding(tx, one.id, at, recording);
		if (wish.to) await beginBinding(tx, deviceId, wish.to, at, recording);
		if (before?.place) await noteOnAlarms(tx, caller, deviceId, before.place, { at, to: place });

		const told = [before?.place, place].filter((one) => one !== undefined);
		const events = await appendEvents(
			tx,
			told.map((one) => ({
				at: caller.now,
				type: 'register:changed' as const,
				subject: {
					...{ kind: one.kind, id: one.id, no: one.no, siteId: one.siteId },
					...(one.townCode !== null && { townCode: one.townCode }),
				},
				data: { subject: 'bindings', change: one === place ? 'added' : 'closed', name: deviceId, sourceId },
			})),
		);
		await audit(tx, {
			...signed,
			action: 'register:edit',
			object: `device ${deviceId}`,
			detail: { sourceId, to: wish.to, at: wish.at, replaced: inTheWay?.deviceId ?? null },
			outcome: 'done',
		});
		const movedFrom = before?.place?.name ?? null;
		return { events, sourceId, deviceId, movedFrom, replaced: inTheWay?.deviceId ?? null };
	});
	announce?.(events);
	return done;
}

/** What was raised since by readings that turn out to be of something else is told so in its history; nobody rewrites it. */
async function noteOnAlarms(
	tx: Db,
	{ principal, now }: Caller,
	deviceId: string,
	before: BoundPlace,
	{ at, to }: { at: Date; to: BoundPlace | undefined },
): Promise<void> {
	const raised = await alarmsRaisedSince(tx, deviceId, before.no, at);
	const by = { id: 'id' in principal ? principal.id : 'system', name: calledBy(principal) };
	const since = shanghaiMinute(at).replace('T', ' ');
	const note = to
		? `设备 ${deviceId} 自 ${since} 起已改装到“${to.name}”，此告警的读数属于那里 · ${deviceId} has hung on “${to.name}” since ${since}: these readings are of that.`
		: `设备 ${deviceId} 自 ${since} 起已拆下，此告警的读数不属于这里 · ${deviceId} was taken off at ${since}: these readings are not of this.`;
	const moved = raised.map((alarmId) => ({ alarmId, at: now, move: 'comment', by, level: null, note }));
	await addSteps(tx, moved);
}

function requireEdit({ principal }: Caller, { townCode, gridCode, siteId }: BoundPlace): void {
	if (authorize(principal, 'register:edit', { townCode, gridCode, siteId }).ok) return;
	throw new Fault('forbidden', 'register:edit', '您没有修改此处名册的权限 · You may not change the register here.');
}

function refuseUnlessAfter({ from, deviceId }: Binding, at: Date): void {
	if (at > from) return;
	throw new Fault(
		'bad-input',
		deviceId,
		`时间须晚于“${deviceId}”现有绑定的开始时间 · The moment must be after the present binding of “${deviceId}” began (${from.toISOString()}).`,
		{ details: [{ field: 'at', value: at.toISOString() }] },
	);
}

function refuseFuture(at: Date, now: Date): void {
	if (at.getTime() <= now.getTime() + deviceRules.clock.futureS.value * 1000) return;
	throw new Fault('bad-input', 'at', '绑定时间不能在将来 · The moment must not lie in the future.', {
		details: [{ field: 'at', value: at.toISOString() }],
	});
}

function unknownDevice(deviceId: string): Fault {
	return new Fault(
		'bad-input',
		deviceId,
		`没有登记过设备“${deviceId}”，请填写类型和上报间隔 · The device “${deviceId}” is not known yet: say its kind and interval.`,
		{ details: [{ field: 'device', value: deviceId }] },
	);
}

function notHere(subject: string): Fault {
	return new Fault(
		'not-found',
		subject,
		'没有这个对象，或不在您的管辖范围内 · There is no such object, or it is outside your area.',
	);
}
