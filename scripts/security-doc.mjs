// Writes the tables of docs/security.md from docs/security/*.psv: the requirements of OWASP ASVS 5.0 levels 1 and 2 and
// the application items of 等保 level 3, each with what became of it and what proves it. `--check` only compares.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(new URL('.', import.meta.url)), '..');
const VERDICT = { met: 'met', na: 'not applicable', dev: 'deviation' };

/** @returns {{ id: string, level?: string, topic: string, verdict: 'met' | 'na' | 'dev', note: string, evidence: string[] }[]} */
export function rowsOf(file) {
	const hasLevel = file.includes('asvs');
	return readFileSync(join(root, 'docs/security', file), 'utf8')
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => {
			const cells = line.split('|');
			if (cells.length !== (hasLevel ? 6 : 5)) throw new Error(`${file}: ${line}`);
			const [id, level, ...rest] = hasLevel ? cells : [cells[0], undefined, ...cells.slice(1)];
			const [topic, verdict, note, evidence] = rest;
			return {
				id,
				level,
				topic,
				verdict,
				note,
				evidence: evidence
					.split(',')
					.map((path) => path.trim())
					.filter(Boolean),
			};
		});
}

/** What is wrong with the rows, in sentences. */
export function problemsOf(rows) {
	const problems = [];
	const seen = new Set();
	for (const { id, verdict, note, evidence } of rows) {
		if (seen.has(id)) problems.push(`${id} stands twice`);
		seen.add(id);
		if (!(verdict in VERDICT)) problems.push(`${id} has no verdict`);
		if (note === '') problems.push(`${id} says nothing`);
		if (verdict === 'met' && evidence.length === 0) problems.push(`${id} is met without evidence`);
		for (const path of evidence)
			if (!existsSync(join(root, path))) problems.push(`${id} names ${path}, which is not there`);
	}
	return problems;
}

function table(rows) {
	const hasLevel = rows[0].level !== undefined;
	const head = hasLevel
		? ['id', 'level', 'about', 'verdict', 'how', 'evidence']
		: ['条款', '要求', 'verdict', '说明', 'evidence'];
	const lines = rows.map(({ id, level, topic, verdict, note, evidence }) => [
		id,
		...(hasLevel ? [level] : []),
		topic,
		VERDICT[verdict],
		note,
		evidence.map((path) => `\`${path}\``).join(' '),
	]);
	const widths = head.map(() => '---');
	return [head, widths, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function count(rows) {
	const of = (verdict) => rows.filter((row) => row.verdict === verdict).length;
	return `${rows.length} rows: ${of('met')} met, ${of('na')} not applicable, ${of('dev')} written deviations.`;
}

export function withTables(text) {
	for (const [name, file] of [
		['asvs', 'asvs.psv'],
		['dengbao', 'dengbao.psv'],
	]) {
		const rows = rowsOf(file);
		const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
		const from = text.indexOf(begin);
		const to = text.indexOf(end);
		if (from < 0 || to < 0) throw new Error(`docs/security.md has no place for ${name}.`);
		text = `${text.slice(0, from)}${begin}\n\n${count(rows)}\n\n${table(rows)}\n\n${text.slice(to)}`;
	}
	return text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const file = join(root, 'docs/security.md');
	const text = readFileSync(file, 'utf8');
	const fresh = withTables(text);
	if (process.argv.includes('--check')) process.exit(fresh === text ? 0 : 1);
	writeFileSync(file, fresh);
}
