// The work of the sandbox, order by order: read the file, take in the register, check, hand out the changes.

import { randomUUID } from 'node:crypto';
import type { MultiPolygon } from 'geojson';
import { importRules } from '#db/rules/import.ts';
import { checkTable } from '#lib/domain/import/check.ts';
import type { Cell } from '#lib/domain/import/field.ts';
import { outlineOf } from '#lib/domain/import/outline.ts';
import type { Change, RegisterRow, Surroundings } from '#lib/domain/import/register.ts';
import { pinyinOf } from '#lib/domain/site/pinyin.ts';
import { readUpload } from '../read-upload.ts';
import type { Upload } from '../upload.ts';
import { mapOf, previewOf } from './preview.ts';
import type { CheckOrder, CheckReport, Order, ReadSummary, RegisterPart } from './protocol.ts';

const SAMPLES = 50;
const ERRORS_SHOWN = 200;
/** Characters of JSON after which a piece of changes is handed out. */
const PIECE = 500_000;

type Area = { code: string; name: string; boundary: MultiPolygon };

export function createDesk(): (order: Order) => Promise<unknown> {
	let upload: Upload | undefined;
	const given: Record<RegisterPart, unknown[]> = { register: [], sites: [], pits: [], towns: [], grids: [] };
	let changes: Change[] = [];
	let handedOut = 0;

	return async (order) => {
		switch (order.do) {
			case 'read':
				upload = await readUpload(order.ask.bytes, order.ask.name, order.ask.kind, order.ask.sheet);
				return summaryOf(upload);
			case 'give':
				given[order.ask.part].push(...(JSON.parse(order.ask.json) as unknown[]));
				return null;
			case 'check': {
				if (!upload) throw new Error('Nothing has been read.');
				const checked = check(upload, given, order.ask);
				({ changes } = checked);
				handedOut = 0;
				return checked.report;
			}
			case 'next': {
				const piece = pieceOf(changes, handedOut);
				handedOut += piece?.count ?? 0;
				return piece;
			}
		}
	};
}

function summaryOf(upload: Upload): ReadSummary {
	const { format, encoding, columns, rows, hasGeometry, datumHint, names, otherSheets = [] } = upload;
	const samples = columns.map((_, index) => {
		const values: Cell[] = [];
		for (const { cells } of rows) {
			const cell = cells[index] ?? null;
			if (cell !== null && cell !== '') values.push(cell);
			if (values.length === SAMPLES) break;
		}
		return values;
	});
	const sheets = format === 'xlsx' ? [...names, ...otherSheets] : [];
	return { format, encoding, columns, hasGeometry, datumHint, samples, sheets };
}

function check(
	upload: Upload,
	given: Record<RegisterPart, unknown[]>,
	order: CheckOrder,
): { changes: Change[]; report: CheckReport } {
	const area = <T extends Area>({ boundary, ...rest }: T) => ({ ...rest, outline: outlineOf(boundary) });
	const surroundings: Surroundings = {
		sites: given.sites as Surroundings['sites'],
		pits: given.pits as Surroundings['pits'],
		towns: (given.towns as Area[]).map(area),
		grids: (given.grids as (Area & { id: string; townCode: string })[]).map(area),
		gazetteer: order.gazetteer,
	};
	const checked = checkTable(
		upload,
		given.register as RegisterRow[],
		surroundings,
		order.district ? outlineOf(order.district) : undefined,
		{ ...order, newId: randomUUID, rules: importRules },
	);
	const { changes } = checked;
	if (order.kind === 'sites') for (const { value } of changes) value.namePinyin = pinyinOf(String(value.name));
	const count = (kind: Change['change']) => changes.filter(({ change }) => change === kind).length;
	const map = mapOf(changes);
	const names = new Map([
		...[...surroundings.sites, ...surroundings.pits].map(({ id, name }) => [id, name] as const),
		...(given.grids as { id: string; code: string }[]).map(({ id, code }) => [id, code] as const),
		...(given.towns as Area[]).map(({ code, name }) => [code, name] as const),
	]);
	return {
		changes,
		report: {
			counts: {
				rows: checked.rows,
				added: count('added'),
				changed: count('changed'),
				unchanged: checked.diff.unchanged,
				closed: count('closed'),
				bad: checked.bad,
			},
			errors: checked.errors.slice(0, ERRORS_SHOWN),
			errorCount: checked.errors.length,
			problems: checked.problems,
			verdict: checked.verdict,
			previewJson: JSON.stringify(previewOf(changes, (id) => names.get(id))),
			mapJson: JSON.stringify(map.collection),
			mapIsComplete: map.isComplete,
		},
	};
}

function pieceOf(changes: readonly Change[], from: number): { json: string; count: number } | null {
	if (from >= changes.length) return null;
	const parts: string[] = [];
	let length = 0;
	for (let at = from; at < changes.length && length < PIECE; at++) {
		const { row, change, id, md5, value } = changes[at]!;
		const part = JSON.stringify({ no: at + 1, row, change, subject_id: id, md5, value });
		parts.push(part);
		length += part.length;
	}
	return { json: `[${parts.join(',')}]`, count: parts.length };
}
