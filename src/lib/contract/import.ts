// Bringing in a register over HTTP: the draft a person looks at before anything changes, and what follows from it.
// POST /api/v1/imports?kind=sites&name=FILE&datum=wgs84, with the file as the body → ImportDraft; PATCH re-reads with
// another mapping or datum; POST on the draft commits it.

import * as v from 'valibot';
import { IMPORT_KINDS } from '../domain/import/field.ts';

export const ImportKind = v.picklist(IMPORT_KINDS);
export type ImportKind = v.InferOutput<typeof ImportKind>;

/** Named by the person who brings the file; never guessed. EPSG codes that are understood: domain/import/datum.ts. */
export const DatumName = v.union([
	v.picklist(['wgs84', 'cgcs2000', 'gcj02', 'bd09']),
	v.pipe(v.string(), v.regex(/^EPSG:\d{4,5}$/, 'wgs84, cgcs2000, gcj02, bd09 or EPSG:NNNN')),
]);
export type DatumName = v.InferOutput<typeof DatumName>;

/** One sentence in both languages. */
export const Sentence = v.object({ zh: v.string(), en: v.string() });
export type Sentence = v.InferOutput<typeof Sentence>;

/** One column of the file, and the field it is taken for. */
export const DraftColumn = v.object({
	name: v.string(),
	/** Key of a field in `fields`; null: the column is not used. */
	field: v.nullable(v.string()),
	/** Where `field` comes from. */
	by: v.picklist(['person', 'remembered', 'proposed', 'none']),
	/** First values that are not empty, as text. */
	samples: v.array(v.string()),
});
export type DraftColumn = v.InferOutput<typeof DraftColumn>;

export const DraftField = v.object({
	key: v.string(),
	name: Sentence,
	required: v.boolean(),
	/** What a value looks like. */
	expects: Sentence,
});
export type DraftField = v.InferOutput<typeof DraftField>;

/** A value of the file that cannot be taken. Rows are numbered as a person sees them: the header is row 1. */
export const RowError = v.object({
	row: v.number(),
	/** Name of the column; null when the error is about the whole row or its geometry. */
	column: v.nullable(v.string()),
	field: v.nullable(v.string()),
	value: v.string(),
	expects: Sentence,
});
export type RowError = v.InferOutput<typeof RowError>;

/**
 * Something about the file as a whole. `blocks`: nothing can be imported until it is put right.
 * `confirm`: a person must say so explicitly, by naming `code` in `confirm`. `notice`: good to know.
 */
export const DraftProblem = v.object({
	code: v.picklist([
		'datum-missing',
		'datum-mistake',
		'datum-strange',
		'wrong-unit',
		'axes-swapped',
		'outside-district',
		'no-district',
		'no-position',
		'missing-column',
		'bad-rows',
		'closes-many',
		'formulas',
		'failed-formulas',
		'position-from-site',
		'heights-dropped',
		'foot-rows',
		'name-from-other-column',
		'demo-data',
		'cannot-close',
		'restricted-area',
		'other-sheets',
		'no-rows',
	]),
	weight: v.picklist(['blocks', 'confirm', 'notice']),
	message: Sentence,
	/** How many rows it is about, when it is about rows. */
	rows: v.optional(v.number()),
});
export type DraftProblem = v.InferOutput<typeof DraftProblem>;

/** How many rows would lie inside the district if the file's coordinates were of each datum. */
export const DatumVerdict = v.object({
	declared: v.nullable(v.string()),
	/** What the file itself says (a .prj), if it does. */
	hint: v.nullable(v.object({ datum: v.string(), from: v.string() })),
	checked: v.number(),
	inside: v.array(v.object({ datum: v.string(), rows: v.number() })),
	/** The datum the rows look like, when it is not the declared one. */
	looksLike: v.nullable(v.string()),
});
export type DatumVerdict = v.InferOutput<typeof DatumVerdict>;

export const RowChange = v.picklist(['added', 'changed', 'closed']);
export type RowChange = v.InferOutput<typeof RowChange>;

export const PreviewRow = v.object({
	/** Row of the file; null for an object that is not in the file and would be closed. */
	row: v.nullable(v.number()),
	change: RowChange,
	/** What a person calls it: permit or record number. */
	key: v.string(),
	name: v.string(),
	/** Field by field, for a change. */
	changes: v.array(v.object({ field: v.string(), from: v.string(), to: v.string() })),
});
export type PreviewRow = v.InferOutput<typeof PreviewRow>;

export const ImportDraft = v.object({
	id: v.string(),
	kind: ImportKind,
	fileName: v.string(),
	fileSha256: v.string(),
	/** `csv`, `xlsx`, `geojson`, `shapefile`. */
	format: v.string(),
	/** Encoding the text was read with; null where the format fixes it. */
	encoding: v.nullable(v.string()),
	createdAt: v.string(),
	createdBy: v.string(),
	datum: v.nullable(v.string()),
	/** The file is the whole register: what is not in it is closed. */
	whole: v.boolean(),
	/** Sheets of a workbook that have rows, the one that is read first; absent in drafts of an older program. */
	sheets: v.optional(v.array(v.string())),
	columns: v.array(DraftColumn),
	fields: v.array(DraftField),
	counts: v.object({
		rows: v.number(),
		added: v.number(),
		changed: v.number(),
		unchanged: v.number(),
		closed: v.number(),
		bad: v.number(),
	}),
	problems: v.array(DraftProblem),
	/** First 200. */
	errors: v.array(RowError),
	errorCount: v.number(),
	/** First 200. */
	preview: v.array(PreviewRow),
	/** GeoJSON FeatureCollection in WGS 84; properties `{ change, row, name }`. At most 5,000 features. */
	map: v.object({ type: v.literal('FeatureCollection'), features: v.array(v.any()) }),
	mapIsComplete: v.boolean(),
	datumVerdict: DatumVerdict,
	/** True when nothing blocks; `confirm` still has to name every code in `needs`. */
	canCommit: v.boolean(),
	/** Codes a person has to confirm. */
	needs: v.array(v.string()),
});
export type ImportDraft = v.InferOutput<typeof ImportDraft>;

/** PATCH /api/v1/imports/[id]. What is left out stays as it is. */
export const DraftChange = v.object({
	/** Column name → field key, or null to leave the column out. */
	mapping: v.optional(v.record(v.string(), v.nullable(v.string()))),
	datum: v.optional(v.nullable(DatumName)),
	whole: v.optional(v.boolean()),
	/** Sheet of a workbook; what was said of the columns of another is forgotten. */
	sheet: v.optional(v.pipe(v.string(), v.maxLength(100))),
});
export type DraftChange = v.InferOutput<typeof DraftChange>;

/** POST /api/v1/imports/[id]. */
export const CommitRequest = v.object({
	/** Codes of `needs` the person has confirmed. */
	confirm: v.optional(v.array(v.string()), []),
});
export type CommitRequest = v.InferOutput<typeof CommitRequest>;

export const ImportResult = v.object({
	/** Null when the file changed nothing. */
	sourceId: v.nullable(v.string()),
	added: v.number(),
	changed: v.number(),
	closed: v.number(),
	unchanged: v.number(),
	skipped: v.number(),
});
export type ImportResult = v.InferOutput<typeof ImportResult>;

/** One line of the history of imports: GET /api/v1/sources → { sources: SourceEntry[] }. */
export const SourceEntry = v.object({
	id: v.string(),
	kind: v.picklist(['demo', 'import', 'hand', 'upstream']),
	subject: v.string(),
	name: v.string(),
	datum: v.nullable(v.string()),
	createdAt: v.string(),
	createdBy: v.string(),
	/** As people call whoever it was; the same as `createdBy` for a program. */
	createdByName: v.string(),
	undoneAt: v.nullable(v.string()),
	counts: v.object({ added: v.number(), changed: v.number(), closed: v.number() }),
	/** True while POST /api/v1/sources/[id]/undo would be accepted as far as time goes. */
	canUndo: v.boolean(),
});
export type SourceEntry = v.InferOutput<typeof SourceEntry>;

/** Answer of POST /api/v1/sources/[id]/undo. */
export const UndoResult = v.object({ sourceId: v.string(), removed: v.number(), restored: v.number() });
export type UndoResult = v.InferOutput<typeof UndoResult>;
