// From a file to a finished draft: read it in the sandbox, give the sandbox the register, have it check, store what it
// hands out. The program itself touches no row.

import type { ImportDraft } from '#lib/contract/import.ts';
import { expectationOf, type Cell, type ImportKind } from '#lib/domain/import/field.ts';
import { fieldsOf, isOnSite } from '#lib/domain/import/fields.ts';
import { proposeMapping } from '#lib/domain/import/mapping.ts';
import type { Datum } from '#lib/domain/import/datum.ts';
import type { Db } from '../db/connection.ts';
import { addDraftRows } from '../repositories/import-draft.ts';
import {
	FIRST,
	gridsPage,
	pitsPage,
	registerPage,
	sitesPage,
	townsPage,
	type Page,
} from '../repositories/import-register.ts';
import type { KnownPlace } from './place.ts';
import type { CheckReport, ReadSummary, RegisterPart } from './sandbox/protocol.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

export type Column = ImportDraft['columns'][number];

/** Columns with the fields they are taken for: what the person said, else what was remembered, else what they look like. */
export function chooseColumns(
	kind: ImportKind,
	{ columns, samples }: ReadSummary,
	said: Record<string, string | null>,
	remembered: Record<string, string | null> | undefined,
): Column[] {
	const proposed = remembered ?? proposeMapping(fieldsOf(kind), columns, samples);
	const taken = new Set(Object.values(said));
	return columns.map((name, index) => {
		const shown = samples[index]!.slice(0, 5).map(textOf);
		if (Object.hasOwn(said, name)) return { name, field: said[name] ?? null, by: 'person', samples: shown };
		const field = Object.hasOwn(proposed, name) ? (proposed[name] ?? null) : null;
		if (field === null || taken.has(field)) return { name, field: null, by: 'none', samples: shown };
		return { name, field, by: remembered ? 'remembered' : 'proposed', samples: shown };
	});
}

const textOf = (cell: Cell): string => String(cell).slice(0, 80);

export interface Checking {
	kind: ImportKind;
	mapping: Record<string, string | null>;
	datum: Datum | null;
	whole: boolean;
	today: string;
	place: KnownPlace;
}

export async function checkInSandbox(db: Db, sandbox: Sandbox, checking: Checking): Promise<CheckReport> {
	const { kind, place, ...rest } = checking;
	const give = async (part: RegisterPart, pageAfter: (after: string) => Promise<Page>): Promise<void> => {
		for (let after: string | null = FIRST; after !== null;) {
			const page: Page = await pageAfter(after);
			await sandbox.ask('give', { part, json: page.json });
			({ after } = page);
		}
	};
	await give('register', (after) => registerPage(db, kind, after));
	if (isOnSite(kind)) await give('sites', (after) => sitesPage(db, after));
	if (kind === 'points') await give('pits', (after) => pitsPage(db, after));
	if (kind === 'sites' || kind === 'towns' || kind === 'grids') await give('towns', (after) => townsPage(db, after));
	if (kind === 'sites') await give('grids', (after) => gridsPage(db, after));
	return sandbox.ask('check', { kind, ...rest, district: place.district, gazetteer: place.gazetteer });
}

export async function storeChanges(db: Db, sandbox: Sandbox, draftId: string): Promise<void> {
	for (let piece = await sandbox.ask('next', null); piece; piece = await sandbox.ask('next', null)) {
		await addDraftRows(db, draftId, piece.json);
	}
}

/** The summary as JSON text; the parts the sandbox wrote go in as they are. */
export function summaryJson(
	head: Omit<
		ImportDraft,
		| 'counts'
		| 'problems'
		| 'errors'
		| 'errorCount'
		| 'preview'
		| 'map'
		| 'mapIsComplete'
		| 'datumVerdict'
		| 'canCommit'
		| 'needs'
		| 'fields'
	>,
	hint: ReadSummary['datumHint'],
	report: CheckReport,
): string {
	const { declared, checked, inside, looksLike } = report.verdict;
	const rest: Omit<ImportDraft, keyof typeof head | 'preview' | 'map'> = {
		fields: fieldsOf(head.kind).map((field) => ({
			key: field.key,
			name: field.name,
			required: field.required ?? false,
			expects: expectationOf(field),
		})),
		counts: report.counts,
		problems: report.problems,
		errors: report.errors,
		errorCount: report.errorCount,
		mapIsComplete: report.mapIsComplete,
		datumVerdict: { declared, hint, checked, inside, looksLike },
		canCommit: !report.problems.some(({ weight }) => weight === 'blocks'),
		needs: report.problems.filter(({ weight }) => weight === 'confirm').map(({ code }) => code),
	};
	const flat = JSON.stringify({ ...head, ...rest });
	return `${flat.slice(0, -1)},"preview":${report.previewJson},"map":${report.mapJson}}`;
}
