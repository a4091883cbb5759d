// Reads a file and says what it would change; nothing in the register changes. The same for a draft that is read again
// with another mapping or datum.

import { createHash, randomUUID } from 'node:crypto';
import type { ImportDraft } from '#lib/contract/import.ts';
import { importRules } from '#db/rules/import.ts';
import { readDatum, type Datum } from '#lib/domain/import/datum.ts';
import type { ImportKind } from '#lib/domain/import/field.ts';
import { fieldsOf } from '#lib/domain/import/fields.ts';
import { fieldNamed, headerKey } from '#lib/domain/import/mapping.ts';
import type { Db } from '../db/connection.ts';
import { Fault } from '../errors.ts';
import { dayOf, requireImport, signatureOf, type ImportCaller } from '../import/caller.ts';
import { checkInSandbox, chooseColumns, storeChanges, summaryJson } from '../import/make-draft.ts';
import { knownPlace } from '../import/place.ts';
import { openSandbox } from '../import/sandbox/sandbox.ts';
import {
	addDraft,
	clearDraft,
	deleteDraft,
	deleteDraftsBefore,
	draftById,
	draftFile,
	finishDraft,
} from '../repositories/import-draft.ts';
import { rememberedMapping } from '../repositories/import-mapping.ts';

export interface Reading {
	/** Column → field key or any of its names; null leaves the column out. Others are remembered or proposed. */
	mapping?: Record<string, string | null>;
	datum?: string | null;
	whole?: boolean;
	/** Of a workbook; without it the one that looks most like the register. */
	sheet?: string;
}

export interface NewImport extends Reading {
	kind: ImportKind;
	fileName: string;
	bytes: Uint8Array;
	/** Six digits of the district of this deployment. */
	district: string;
}

/** @throws Fault when the caller may not, or the file cannot be read at all; everything else stands in the draft */
export async function draftImport(db: Db, caller: ImportCaller, wish: NewImport): Promise<ImportDraft> {
	requireImport(caller, 'import:draft');
	await deleteDraftsBefore(db, new Date(caller.now.getTime() - importRules.keepDrafts.value * 3600 * 1000));
	return make(db, caller, wish, { id: randomUUID(), isNew: true });
}

/** Reads the file of a draft again. What is not said again stays as it was. */
export async function redraftImport(
	db: Db,
	caller: ImportCaller,
	id: string,
	district: string,
	wish: Reading,
): Promise<ImportDraft> {
	requireImport(caller, 'import:draft');
	const draft = await draftById<ImportDraft>(db, id);
	if (!draft?.summary)
		throw new Fault('not-found', id, '没有这份导入草稿，或已过期 · There is no such draft, or it has expired.');
	const bytes = await draftFile(db, id);
	const before = draft.summary.sheets?.[0];
	const sheet = wish.sheet ?? before;
	const reading = {
		kind: draft.subject as ImportKind,
		fileName: draft.fileName,
		bytes,
		district,
		mapping: { ...(sheet === before && draft.mapping), ...wish.mapping },
		datum: wish.datum === undefined ? draft.datum : wish.datum,
		whole: wish.whole ?? draft.isWhole,
		...(sheet !== undefined && { sheet }),
	};
	return make(db, caller, reading, { id, isNew: false });
}

async function make(
	db: Db,
	caller: ImportCaller,
	wish: NewImport,
	draft: { id: string; isNew: boolean },
): Promise<ImportDraft> {
	const { kind, fileName, bytes, sheet } = wish;
	const datum = datumOf(wish.datum);
	const said = fieldKeys(kind, wish.mapping ?? {});
	const fileSha256 = createHash('sha256').update(bytes).digest('hex');
	const sandbox = openSandbox(fileName);
	try {
		// The sandbox takes its copy with it; the draft keeps the file.
		const summary = await sandbox.ask('read', {
			...{ kind, name: fileName, bytes: bytes.slice() },
			...(sheet !== undefined && { sheet }),
		});
		refuseUnknownColumns(fileName, summary.columns, said);
		const headerSha256 = createHash('sha256').update(summary.columns.map(headerKey).join('\n')).digest('hex');
		const remembered = await rememberedMapping(db, kind, headerSha256);
		const columns = chooseColumns(kind, summary, said, remembered?.mapping);
		const mapping = Object.fromEntries(columns.map(({ name, field }) => [name, field]));
		const whole = wish.whole ?? false;
		const { actor } = signatureOf(caller);

		if (draft.isNew) {
			const head = { subject: kind, fileName, fileSha256, headerSha256, datum, isWhole: whole, mapping };
			await addDraft(db, { id: draft.id, ...head, createdAt: caller.now, createdBy: actor }, bytes);
		} else await clearDraft(db, draft.id, { headerSha256, mapping, datum, isWhole: whole });

		const place = await knownPlace(wish.district);
		const report = await checkInSandbox(db, sandbox, { kind, mapping, datum, whole, today: dayOf(caller.now), place });
		await storeChanges(db, sandbox, draft.id);
		const head = {
			id: draft.id,
			kind,
			fileName,
			fileSha256,
			format: summary.format,
			encoding: summary.encoding,
			createdAt: caller.now.toISOString(),
			createdBy: actor,
			datum,
			whole,
			sheets: summary.sheets,
			columns,
		};
		const json = summaryJson(head, summary.datumHint, report);
		await finishDraft(db, draft.id, json);
		return JSON.parse(json) as ImportDraft;
	} catch (error) {
		if (draft.isNew) await deleteDraft(db, draft.id);
		throw error;
	} finally {
		await sandbox.close();
	}
}

function datumOf(named: string | null | undefined): Datum | null {
	if (named === null || named === undefined || named === '') return null;
	const datum = readDatum(named);
	if (datum) return datum;
	throw new Fault(
		'bad-input',
		'datum',
		`不认识的坐标系“${named}”，可用 wgs84、cgcs2000、gcj02、bd09 或 EPSG:4490、EPSG:4549 等 · The datum “${named}” is not known. Use wgs84, cgcs2000, gcj02, bd09, or an EPSG code of CGCS2000, WGS 84 or UTM.`,
	);
}

function fieldKeys(kind: ImportKind, mapping: Record<string, string | null>): Record<string, string | null> {
	const fields = fieldsOf(kind);
	return Object.fromEntries(
		Object.entries(mapping).map(([column, named]) => {
			if (named === null || named === '') return [column, null];
			const field = fieldNamed(fields, named);
			if (field) return [column, field.key];
			const known = fields.map(({ key, name }) => `${key}（${name.zh}）`).join('、');
			throw new Fault(
				'bad-input',
				named,
				`没有“${named}”这个字段，可用：${known} · There is no field “${named}”. Fields: ${fields.map(({ key }) => key).join(', ')}.`,
			);
		}),
	);
}

function refuseUnknownColumns(fileName: string, columns: readonly string[], said: Record<string, string | null>): void {
	const stranger = Object.keys(said).find((column) => !columns.includes(column));
	if (stranger === undefined) return;
	throw new Fault(
		'bad-input',
		fileName,
		`文件中没有“${stranger}”列，现有：${columns.join('、')} · The file has no column “${stranger}”. It has: ${columns.join(', ')}.`,
	);
}
