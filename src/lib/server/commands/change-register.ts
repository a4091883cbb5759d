// One object of the register added, corrected, moved or closed by hand: judged by the rules of files, written as a file
// of one row would be, with history, event and trail in one transaction.

import { createHash, randomUUID } from 'node:crypto';
import type { EventMessage } from '#lib/contract/events.ts';
import type { EditKind, RegisterChanged, RegisterEdit } from '#lib/contract/register.ts';
import { importRules } from '#db/rules/import.ts';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import { readDatum, toWgs84, type Datum } from '#lib/domain/import/datum.ts';
import { outlineOf } from '#lib/domain/import/outline.ts';
import type { Change, RegisterRow } from '#lib/domain/import/register.ts';
import type { RowError } from '#lib/domain/import/row.ts';
import { isClosing, judgeEdit } from '#lib/domain/register/judge-edit.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents } from '../events/log.ts';
import { knownPlace } from '../import/place.ts';
import { applyBatch, finishImport, movedOn } from '../repositories/import-apply.ts';
import { addDraft, addDraftRows, deleteDraft } from '../repositories/import-draft.ts';
import { registerRow } from '../repositories/import-register.ts';
import {
	areasAt,
	keyHolder,
	machineOfInstallation,
	numberOf,
	pitForEdit,
	replaceSides,
	siteForEdit,
	type EditSite,
} from '../repositories/register-edit.ts';
import { addSource } from '../repositories/source.ts';

export interface RegisterWish extends RegisterEdit {
	kind: EditKind;
	/** Six digits of the district of this deployment. */
	district: string;
}

export interface Announcing {
	/** Told of the events once they are stored. */
	announce?: (events: EventMessage[]) => void;
}

/** @throws Fault when the caller may not, a field is wrong, or somebody else has changed it meanwhile */
export async function changeRegister(
	db: Db,
	caller: Caller,
	wish: RegisterWish,
	{ announce }: Announcing = {},
): Promise<RegisterChanged> {
	const place = await knownPlace(wish.district);
	const district = place.district ? outlineOf(place.district) : undefined;
	try {
		const { events, ...done } = await transaction(db, async (tx) => {
			const known = await readKnown(tx, caller, wish);
			requireEdit(caller, known.site);
			const datum = datumOf(wish.datum);
			const verdict = judgeEdit(
				{ kind: wish.kind, values: wish.values, datum, isMove: wish.isMove },
				{
					found: known.found,
					site: known.site && { ...known.site, outline: known.site.boundary ? outlineOf(known.site.boundary) : null },
					pit: known.pit ?? null,
					district,
					newId: randomUUID,
					rules: importRules,
				},
			);
			if (!verdict.ok) throw wrong(verdict.errors);
			const { change, notices } = verdict;
			const townCode = await takeAreas(tx, caller, wish.kind, change, known);
			const holder = await keyHolder(tx, wish.kind, change.id, change.value);
			if (holder) throw taken(holder);
			if (change.changes.length === 0 && !wish.sides)
				throw new Fault('bad-input', change.name, '没有任何改动 · Nothing was changed.');
			return write(tx, caller, wish, { change, notices, townCode, known, datum });
		});
		announce?.(events);
		return done;
	} catch (error) {
		throw (error as { code?: string }).code === '23505' ? movedOnFault(error) : error;
	}
}

interface Known {
	found: RegisterRow | undefined;
	/** Where it stands, or will; null for a new site. */
	site: EditSite | null;
	pit: { id: string; siteId: string; name: string } | undefined;
}

/** The object, its site and its pit, as far as the caller can see them. */
async function readKnown(tx: Db, { principal }: Caller, wish: RegisterWish): Promise<Known> {
	const { kind, id } = wish;
	const rowId = kind === 'machines' && id ? await machineOfInstallation(tx, id) : id;
	const found = rowId ? await registerRow(tx, kind, rowId) : undefined;
	if (id && !found) throw missing(id);
	if (found && wish.md5 && wish.md5 !== found.md5) throw movedOnFault();
	const named = kind === 'points' ? (wish.pitId ?? found?.values.pitId) : undefined;
	const pit = typeof named === 'string' ? await pitForEdit(tx, named) : undefined;
	const present = kind === 'sites' ? id : (pit?.siteId ?? found?.values.siteId);
	const siteId = wish.isMove || !present ? (wish.siteId ?? present) : present;
	const site = typeof siteId === 'string' ? await siteForEdit(tx, scopeOf(principal), siteId) : undefined;
	const isNewSite = kind === 'sites' && !id;
	if (!site && !isNewSite) throw missing(String(siteId ?? id ?? kind));
	if (kind === 'points' && !pit) throw missing(String(named ?? 'pit'));
	return { found, site: site ?? null, pit };
}

/** A site lies in the town and grid around it; whoever moves one must be allowed to edit there too. */
async function takeAreas(
	tx: Db,
	caller: Caller,
	kind: EditKind,
	change: Change,
	{ site }: Known,
): Promise<string | null> {
	if (kind !== 'sites') return site?.townCode ?? null;
	const { location } = change.value as unknown as { location: { coordinates: LngLat } };
	const { gridCode, ...areas } = await areasAt(tx, location.coordinates);
	Object.assign(change.value, areas);
	requireEdit(caller, { townCode: areas.townCode, gridCode, id: change.id });
	return areas.townCode;
}

interface Judged {
	change: Change;
	notices: RegisterChanged['notices'];
	townCode: string | null;
	known: Known;
	datum: Datum;
}

async function write(tx: Db, caller: Caller, wish: RegisterWish, judged: Judged) {
	const { kind } = wish;
	const { change, notices, townCode, known, datum } = judged;
	const signed = signedBy(caller);
	const sourceId = randomUUID();
	const happened = isClosing(kind, known.found?.values, change.value)
		? 'closed'
		: (change.change as 'added' | 'changed');
	const counts = { added: 0, changed: 0, closed: 0, [happened]: 1 };
	const recording = { at: caller.now, by: signed.actor, sourceId };

	await addSource(tx, {
		...{ id: sourceId, kind: 'hand', subject: kind, name: change.name, fileSha256: null, datum: wish.datum },
		...{ at: caller.now, by: signed.actor, summary: counts },
	});
	if (change.changes.length > 0) await applyRow(tx, kind, change, recording);
	if (kind === 'pits' && wish.sides) await replaceSides(tx, change.id, sidesIn(wish.sides, datum), recording);

	const objectId = kind === 'machines' ? String(change.value.installationId) : change.id;
	const no = await numberOf(tx, kind, objectId);
	const events = await appendEvents(tx, [
		{
			at: caller.now,
			type: 'register:changed',
			subject: {
				...{ kind, id: objectId },
				...(no !== null && { no }),
				...((known.site || kind === 'sites') && { siteId: known.site?.id ?? change.id }),
				...(townCode !== null && { townCode }),
			},
			data: { subject: kind, change: happened, name: change.name, sourceId },
		},
	]);
	await audit(tx, {
		...signed,
		action: 'register:edit',
		object: `${kind} ${change.name}`,
		detail: { id: objectId, sourceId, change: happened, fields: change.changes.map(({ field }) => field) },
		outcome: 'done',
	});
	return { events, id: objectId, no, sourceId, change: happened, notices } satisfies RegisterChanged & {
		events: EventMessage[];
	};
}

/** The way of a file of one row, so that there is one way into the register. */
async function applyRow(
	tx: Db,
	kind: EditKind,
	{ change, id, md5, value, name }: Change,
	recording: { at: Date; by: string; sourceId: string },
): Promise<void> {
	const draftId = randomUUID();
	const sha = createHash('sha256').update(draftId).digest('hex');
	const head = { subject: kind, fileName: name, fileSha256: sha, headerSha256: sha, datum: null, isWhole: false };
	await addDraft(
		tx,
		{ id: draftId, ...head, mapping: {}, createdAt: recording.at, createdBy: recording.by },
		new Uint8Array(),
	);
	await addDraftRows(tx, draftId, JSON.stringify([{ no: 1, row: null, change, subject_id: id, md5, value }]));
	const batch = { draftId, from: 1, to: 1, recording };
	if ((await movedOn(tx, kind, batch)) > 0) throw movedOnFault();
	await applyBatch(tx, kind, batch);
	await finishImport(tx, kind, recording);
	await deleteDraft(tx, draftId);
}

function sidesIn(sides: NonNullable<RegisterEdit['sides']>, datum: Datum) {
	const convert = toWgs84(datum);
	return sides.map((side) => ({ ...side, line: side.line.map((corner) => convert(corner)) }));
}

/** A site of no town yet belongs to the district. */
function requireEdit({ principal }: Caller, site: Pick<EditSite, 'townCode' | 'gridCode' | 'id'> | null): void {
	const where = site ? { townCode: site.townCode, gridCode: site.gridCode, siteId: site.id } : {};
	const verdict = authorize(principal, 'register:edit', where);
	if (verdict.ok) return;
	if (verdict.reason === 'anonymous') throw new Fault('not-signed-in', 'register:edit', '请先登录 · Sign in first.');
	throw new Fault('forbidden', 'register:edit', '您没有修改此处名册的权限 · You may not change the register here.');
}

function datumOf(named: string): Datum {
	const datum = readDatum(named);
	if (datum) return datum;
	throw new Fault('bad-input', 'datum', `不认识的坐标系“${named}” · The datum “${named}” is not known.`);
}

function wrong(errors: readonly RowError[]): Fault {
	const zh = errors.map(({ column, field, expects }) => `${column ?? field ?? ''}：${expects.zh}`).join('；');
	const en = errors.map(({ field, expects }) => `${field ?? 'row'}: expected ${expects.en}`).join('; ');
	return new Fault('bad-input', 'register', `填写有误：${zh} · Please correct: ${en}.`, {
		details: errors.map(({ field, value, expects }) => ({ field, value, expects })),
	});
}

function taken({ field, name }: { field: string; name: string }): Fault {
	const expects = { zh: `未被占用的编号或名称（“${name}”已使用）`, en: `one that is not in use (“${name}” has it)` };
	return new Fault('conflict', name, `已被“${name}”占用 · “${name}” already has it.`, {
		details: [{ field, value: '', expects }],
	});
}

function missing(subject: string): Fault {
	return new Fault(
		'not-found',
		subject,
		'没有这个对象，或不在您的管辖范围内 · There is no such object, or it is outside your area.',
	);
}

function movedOnFault(cause?: unknown): Fault {
	return new Fault(
		'conflict',
		'register',
		'别人刚刚改动了同一对象，请重新打开后再改 · Somebody else has just changed it. Open it again.',
		{ cause },
	);
}
