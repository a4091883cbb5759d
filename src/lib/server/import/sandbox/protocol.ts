// What the program and the sandbox say to each other. Big things travel as JSON text, so that neither side builds or
// takes apart a hundred thousand objects on the program's own thread.

import type { MultiPolygon } from 'geojson';
import type { Datum } from '#lib/domain/import/datum.ts';
import type { DatumVerdict } from '#lib/domain/import/datum-verdict.ts';
import type { Cell, ImportKind } from '#lib/domain/import/field.ts';
import type { Mapping } from '#lib/domain/import/mapping.ts';
import type { Problem } from '#lib/domain/import/problems.ts';
import type { RowError } from '#lib/domain/import/row.ts';
import type { FaultCode } from '../../errors.ts';
import type { Upload } from '../upload.ts';

export interface ReadSummary extends Pick<Upload, 'format' | 'encoding' | 'columns' | 'hasGeometry' | 'datumHint'> {
	/** First values of each column that are not empty. */
	samples: Cell[][];
	/** Sheets of a workbook that have rows, the one that was read first; empty for what has none. */
	sheets: string[];
}

export interface CheckOrder {
	kind: ImportKind;
	mapping: Mapping;
	datum: Datum | null;
	whole: boolean;
	/** `YYYY-MM-DD` */
	today: string;
	district: MultiPolygon | null;
	/** Towns of the place by name, for files that know no codes. */
	gazetteer: { code: string; name: string }[];
}

/** Lists of the register the sandbox is given before it checks, in pieces of JSON text. */
export type RegisterPart = 'register' | 'sites' | 'pits' | 'towns' | 'grids';

export interface CheckReport {
	counts: { rows: number; added: number; changed: number; unchanged: number; closed: number; bad: number };
	errors: RowError[];
	errorCount: number;
	problems: Problem[];
	verdict: DatumVerdict;
	/** JSON of the first changes and of the map, ready to be stored and sent as they are. */
	previewJson: string;
	mapJson: string;
	mapIsComplete: boolean;
}

export interface Orders {
	read: { ask: { kind: ImportKind; name: string; bytes: Uint8Array; sheet?: string }; answer: ReadSummary };
	give: { ask: { part: RegisterPart; json: string }; answer: null };
	check: { ask: CheckOrder; answer: CheckReport };
	/** The next changes as a JSON array of stored rows; null when there are no more. */
	next: { ask: null; answer: { json: string; count: number } | null };
}
export type OrderName = keyof Orders;

export type Order = { [K in OrderName]: { do: K; ask: Orders[K]['ask'] } }[OrderName];

export type Reply =
	| { ok: true; answer: unknown }
	| { ok: false; fault: { code: FaultCode; subject: string; message: string; details?: unknown[] } }
	/** Not a fault a person can be told about: a mistake of the program. */
	| { ok: false; bug: string };
