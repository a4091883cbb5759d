// Officers, experts, cars and places to start from are kept by the bureau: added, changed, put aside, and any newest
// change taken back. Every change keeps the state before and after.

import type { StaffEdit, StaffKind, StaffValues } from '#lib/contract/staff.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { addSource } from '../repositories/hand-source.ts';
import {
	baseRows,
	isNamedInVisits,
	putBase,
	putExpert,
	putOfficer,
	putVehicle,
	removeStaff,
	staffRow,
} from '../repositories/staff.ts';
import { changesOf, recordStaff, staffRevisions, type StaffState } from '../repositories/staff-change.ts';

export type StaffRefusal =
	| 'forbidden'
	| 'not-found'
	| 'changed-meanwhile'
	| 'name-taken'
	| 'name-is-kept'
	| 'is-default'
	| 'is-used'
	| 'unknown-firm'
	| 'nothing-to-undo';
export type ChangeStaff = { ok: true; id: string; seq: string } | { ok: false; reason: StaffRefusal };

/** Of all changes so many are looked through for the one to take back. */
const LOOKS_BACK = 500;

class Refused extends Error {
	readonly reason: StaffRefusal;
	constructor(reason: StaffRefusal) {
		super(reason);
		this.reason = reason;
	}
}

export function putStaff(db: Db, caller: Caller, id: string, edit: StaffEdit): Promise<ChangeStaff> {
	return change(db, caller, async (tx) => {
		const found = await staffRow(tx, edit.kind, id);
		if ((found?.mark ?? null) !== edit.was) throw new Refused('changed-meanwhile');
		await judge(tx, edit, found?.values);
		return { kind: edit.kind, id, before: found?.values ?? null, after: edit.values, undoes: null };
	});
}

/** A place to start from is taken out; people and cars are put aside instead. */
export function removeBase(db: Db, caller: Caller, id: string): Promise<ChangeStaff> {
	return change(db, caller, async (tx) => {
		const [found] = await baseRows(tx, id);
		if (!found) throw new Refused('not-found');
		if (found.values.isDefault) throw new Refused('is-default');
		return { kind: 'base', id, before: found.values, after: null, undoes: null };
	});
}

export function undoStaff(db: Db, caller: Caller, seq: string): Promise<ChangeStaff> {
	return change(db, caller, async (tx) => {
		const revisions = await staffRevisions(tx, LOOKS_BACK);
		const isOpen = changesOf(revisions).some((one) => one.seq === seq && one.canUndo);
		const undone = revisions.find((one) => one.seq === seq);
		if (!isOpen || !undone) throw new Refused('nothing-to-undo');
		const { kind, id, before } = undone;
		const found = await staffRow(tx, kind, id);
		return {
			...{ kind, id, before: found?.values ?? null, after: before?.values ?? null, undoes: seq },
			...(undone.after?.defaultWas ? { giveDefaultTo: undone.after.defaultWas } : {}),
		};
	});
}

interface Write {
	kind: StaffKind;
	id: string;
	before: StaffValues | null;
	/** Null: it is taken out. */
	after: StaffValues | null;
	undoes: string | null;
	/** The place that is to be the default again. */
	giveDefaultTo?: string;
}

async function change(db: Db, caller: Caller, decide: (tx: Db) => Promise<Write>): Promise<ChangeStaff> {
	const { principal, now } = caller;
	if (!authorize(principal, 'patrol:staff').ok) return { ok: false, reason: 'forbidden' };
	const by = nameOf(principal);
	try {
		return await transaction(db, async (tx) => {
			const { kind, id, before, after, undoes, giveDefaultTo } = await decide(tx);
			const name = (after ?? before)!.name;
			const sourceId = await addSource(tx, `队伍维护 ${name}`, now, by);
			const states = await write(tx, { kind, id, before, after, sourceId, ...(giveDefaultTo && { giveDefaultTo }) });
			const seq = await recordStaff(tx, { kind, id, ...states, at: now, by, undoes }, sourceId);
			const detail = { id, before, after, ...(undoes && { undoes }) };
			await audit(tx, {
				...{ ...signedBy(caller), action: 'patrol:staff', object: `${kind} ${name}`, detail, outcome: 'done' },
			});
			return { ok: true, id, seq };
		});
	} catch (error) {
		if (error instanceof Refused) return { ok: false, reason: error.reason };
		const code = (error as { code?: string }).code;
		if (code === '23505') return { ok: false, reason: 'name-taken' };
		if (code === '23503') return { ok: false, reason: after23503(error) };
		throw error;
	}
}

/** A firm that is not there, or somebody whom plans and visits know and who cannot be taken out any more. */
function after23503(error: unknown): StaffRefusal {
	return /avoidance|expert_firm/.test((error as { constraint?: string }).constraint ?? '') ? 'unknown-firm' : 'is-used';
}

async function write(
	tx: Db,
	{ kind, id, before, after, sourceId, giveDefaultTo }: Omit<Write, 'undoes'> & { sourceId: string },
): Promise<{ before: StaffState | null; after: StaffState | null }> {
	const state = (values: StaffValues | null): StaffState | null => values && { values };
	if (!after) {
		if (giveDefaultTo)
			await tx.updateTable('patrol_base').set({ is_default: true }).where('id', '=', giveDefaultTo).execute();
		await removeStaff(tx, kind, id);
		return { before: state(before), after: null };
	}
	if (kind === 'base') {
		const old = (await baseRows(tx)).find(({ values }) => values.isDefault);
		await putBase(tx, id, after as Parameters<typeof putBase>[2], sourceId);
		if (giveDefaultTo)
			await tx.updateTable('patrol_base').set({ is_default: true }).where('id', '=', giveDefaultTo).execute();
		const took = old && old.id !== id && 'isDefault' in after && after.isDefault ? { defaultWas: old.id } : {};
		return { before: state(before), after: { values: after, ...took } };
	}
	if (kind === 'officer') await putOfficer(tx, id, after as Parameters<typeof putOfficer>[2], sourceId);
	else if (kind === 'expert') await putExpert(tx, id, after as Parameters<typeof putExpert>[2], sourceId);
	else await putVehicle(tx, id, after as Parameters<typeof putVehicle>[2], sourceId);
	return { before: state(before), after: state(after) };
}

async function judge(tx: Db, { kind, values }: StaffEdit, before: StaffValues | undefined): Promise<void> {
	if (kind === 'officer' && before && before.name !== values.name && (await isNamedInVisits(tx, before.name)))
		throw new Refused('name-is-kept');
	if (kind === 'base' && before && 'isDefault' in before && before.isDefault && !values.isDefault)
		throw new Refused('is-default');
}
