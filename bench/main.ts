// Runs one benchmark and prints its table, or one line of JSON. Ends with status 1 when a limit is missed.

import type { BenchResult, BenchRow } from './result.ts';

const [name, seconds, ...flags] = process.argv.slice(2);
const { run } = (await import(`./${name}.ts`)) as {
	run: (options: { seconds: number }) => Promise<BenchResult>;
};
const result = await run({ seconds: Number(seconds) });
if (flags.includes('--json')) console.log(JSON.stringify(result));
else print(result);
process.exit(result.rows.every((row) => row.ok) ? 0 : 1);

function print({ name, rows }: BenchResult): void {
	console.log(`\n${name}`);
	console.log('| what | ours | beside it | ratio | limit | |');
	console.log('|---|---|---|---|---|---|');
	for (const row of rows)
		console.log(
			`| ${row.what} | ${row.ours} | ${row.beside} | ${row.ratio?.toPrecision(3) ?? '–'} | ${row.limit ?? '–'} | ${verdict(row)} |`,
		);
}

function verdict({ limit, ok }: BenchRow): string {
	if (limit === null) return 'no limit';
	return ok ? 'met' : 'NOT MET';
}
