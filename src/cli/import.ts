// `import <kind> FILE`: brings a register in from the command line. Says what it would do, then does it, or why not.

import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { ImportDraft } from '#lib/contract/import.ts';
import { IMPORT_KINDS } from '#lib/domain/import/field.ts';
import { inBoth } from '#lib/domain/import/sentence.ts';
import { commitImport } from '#lib/server/commands/commit-import.ts';
import { draftImport } from '#lib/server/commands/draft-import.ts';
import { Fault } from '#lib/server/errors.ts';
import { deleteDraft } from '#lib/server/repositories/import-draft.ts';
import type { CliContext } from './context.ts';
import { datumNamed, oneOf, readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

export const usage = `import <${IMPORT_KINDS.join('|')}> FILE [--datum wgs84|cgcs2000|gcj02|bd09|EPSG:N] [--map COL=FIELD …] [--dry-run] [--json]
       [--sheet NAME] [--whole] [--outside-district] [--skip-bad-rows] [--confirm CODE …]`;

export async function run(args: string[], context: CliContext): Promise<number> {
	const wish = readArgs(args);
	const path = resolve(context.cwd, wish.file);
	const bytes = await bytesOf(path);
	const { databases, config } = await context.open();
	const db = databases.ingest;
	const caller = { operator: true, now: context.now() } as const;

	const draft = await draftImport(db, caller, {
		kind: wish.kind,
		fileName: basename(path),
		bytes,
		district: config.DISTRICT,
		datum: wish.datum,
		mapping: wish.mapping,
		whole: wish.whole,
		...(wish.sheet !== undefined && { sheet: wish.sheet }),
	});
	const open = draft.problems.filter(
		({ weight, code }) => weight === 'blocks' || (weight === 'confirm' && !wish.confirm.includes(code)),
	);
	if (!wish.isJson) for (const line of linesOf(draft)) context.out(line);
	try {
		if (wish.isDryRun || open.length > 0) {
			if (wish.isJson) context.out(JSON.stringify({ ...draft, committed: false }));
			if (wish.isDryRun && open.every(({ weight }) => weight !== 'blocks')) return 0;
			for (const { message, code, weight } of open) {
				const how = weight === 'confirm' ? ` （确认 · confirm: ${FLAG[code] ?? `--confirm ${code}`}）` : '';
				context.err(`${inBoth(message)}${how}`);
			}
			context.err('数据未改动 · Nothing was changed.');
			return 1;
		}
		const result = await commitImport(db, caller, draft.id, {
			confirm: wish.confirm,
			progress: (done, of) => !wish.isJson && of > 2_000 && context.out(`… ${done}/${of}`),
		});
		if (wish.isJson)
			context.out(JSON.stringify({ ...result, committed: true, problems: draft.problems, errors: draft.errors }));
		else if (result.sourceId === null)
			context.out('与登记一致，无需改动 · The register says the same; nothing to change.');
		else {
			context.out(
				`已导入：新增 ${result.added}，变更 ${result.changed}，关闭 ${result.closed}，未变 ${result.unchanged}，跳过 ${result.skipped} · ` +
					`Imported: ${result.added} added, ${result.changed} changed, ${result.closed} closed, ${result.unchanged} unchanged, ${result.skipped} skipped. ${result.sourceId}`,
			);
		}
		return 0;
	} finally {
		await deleteDraft(db, draft.id);
	}
}

const FLAG: Record<string, string> = { 'outside-district': '--outside-district', 'bad-rows': '--skip-bad-rows' };

const OF_EVERY_ROW = new Set(['no-position', 'missing-column', 'axes-swapped', 'wrong-unit']);

function readArgs(args: string[]) {
	const { values, positionals } = readOptions({
		args,
		allowPositionals: true,
		options: {
			datum: { type: 'string' },
			map: { type: 'string', multiple: true },
			'dry-run': { type: 'boolean' },
			json: { type: 'boolean' },
			whole: { type: 'boolean' },
			sheet: { type: 'string' },
			'outside-district': { type: 'boolean' },
			'skip-bad-rows': { type: 'boolean' },
			confirm: { type: 'string', multiple: true },
		},
	});
	const [kindName, file, ...extra] = positionals;
	const kind = oneOf('名册 · register', kindName, IMPORT_KINDS);
	if (!file) throw new UsageError('缺少文件 · FILE is missing.');
	if (extra.length > 0) throw new UsageError(`多出的参数 · One file at a time; what is “${extra.join(' ')}”?`);
	const confirm = [...(values.confirm ?? [])];
	if (values['outside-district']) confirm.push('outside-district');
	if (values['skip-bad-rows']) confirm.push('bad-rows');
	return {
		kind,
		file,
		datum: values.datum === undefined ? null : datumNamed(values.datum),
		mapping: Object.fromEntries((values.map ?? []).map(mapped)),
		whole: values.whole ?? false,
		sheet: values.sheet,
		isDryRun: values['dry-run'] ?? false,
		isJson: values.json ?? false,
		confirm,
	};
}

/** `COL=FIELD`; the last `=` counts, because a column may have one in its name. `COL=` leaves the column out. */
function mapped(pair: string): [string, string | null] {
	const at = pair.lastIndexOf('=');
	if (at <= 0) throw new UsageError(`--map “${pair}”：应为 列名=字段 · expected COL=FIELD`);
	return [pair.slice(0, at), pair.slice(at + 1) || null];
}

async function bytesOf(path: string): Promise<Uint8Array> {
	try {
		return new Uint8Array(await readFile(path));
	} catch (cause) {
		throw new Fault('not-found', path, `读不到文件 ${path} · The file ${path} cannot be read.`, { cause });
	}
}

function* linesOf({
	fileName,
	format,
	encoding,
	columns,
	counts,
	errors,
	errorCount,
	problems,
	datum,
}: ImportDraft): Generator<string> {
	yield `${fileName}: ${format}${encoding ? `, ${encoding}` : ''}, ${datum ?? '坐标系未指明 · no datum'}`;
	for (const { name, field, by } of columns) if (field) yield `  ${name} → ${field} (${by})`;
	const unused = columns.filter(({ field }) => field === null).map(({ name }) => name);
	if (unused.length > 0) yield `  未使用的列 · not used: ${unused.join('、')}`;
	const { rows, added, changed, unchanged, closed, bad } = counts;
	yield (
		`共 ${rows} 行：新增 ${added}，变更 ${changed}，未变 ${unchanged}，关闭 ${closed}，错误 ${bad} · ` +
		`${rows} rows: ${added} new, ${changed} changed, ${unchanged} unchanged, ${closed} to close, ${bad} bad`
	);
	for (const { weight, message } of problems) yield `  [${weight}] ${inBoth(message)}`;
	// What is wrong with the columns, or with the coordinates as a whole, is wrong with every row.
	if (problems.some(({ code }) => OF_EVERY_ROW.has(code))) return;
	for (const { row, column, value, expects } of errors.slice(0, 20)) {
		yield `  第 ${row} 行 · row ${row}, ${column ?? '—'}: “${value}” — ${inBoth(expects)}`;
	}
	if (errorCount > 20) yield `  … ${errorCount - 20}`;
}
