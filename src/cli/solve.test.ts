import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Plan } from '#lib/domain/patrol/problem.ts';
import type { CliContext } from './context.ts';
import { run } from './solve.ts';
import { UsageError } from './usage-error.ts';
import { drawProblem } from '../../test/patrol-problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'sitewatch-solve-'));
writeFileSync(
	join(folder, 'day.json'),
	JSON.stringify({
		places: [
			{ id: 'office', at: [120.26, 30.18] },
			{ id: 'site', at: [120.3, 30.2] },
		],
		teams: [{ id: 't1', from: 'office', to: null, shift: [0, 480] }],
		visits: [{ id: 'v1', place: 'site', minutes: 30, windows: [[60, 400]] }],
	}),
);
writeFileSync(join(folder, 'cut-off.json'), '{"places":');
const day = readFileSync(join(folder, 'day.json'));
writeFileSync(join(folder, 'notepad.json'), Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), day]));
writeFileSync(
	join(folder, 'gbk.json'),
	Buffer.concat([Buffer.from('{"places":"'), Buffer.from([0xb9, 0xa4]), Buffer.from('"}')]),
);
writeFileSync(join(folder, 'wrong.json'), '{}');
writeFileSync(join(folder, 'many.json'), JSON.stringify(drawProblem(3, { visits: 40, teams: 3, isFull: true })));

function aContext() {
	const out: string[] = [];
	const err: string[] = [];
	const refuse = () => {
		throw new Error('A search needs no settings and no database.');
	};
	const context: CliContext = {
		cwd: folder,
		out: (line) => out.push(line),
		write: refuse,
		err: (line) => err.push(line),
		now: () => new Date('2026-11-20'),
		config: refuse,
		open: refuse,
	};
	return { context, out, err };
}

test('prints a plan and nothing else on standard output', { timeout: 60_000 }, async () => {
	const { context, out, err } = aContext();
	expect(await run(['day.json', '--seconds', '0.3', '--seed', '7', '--json'], context)).toBe(0);
	expect(out).toHaveLength(1);
	expect(err).toEqual([]);
	const plan = JSON.parse(out[0]!) as Plan;
	expect(plan).toMatchObject({ seed: 7, left: [] });
	expect(plan.routes[0]!.stops[0]).toMatchObject({ visit: 'v1', start: 60, leave: 90 });
});

test('reads a problem that an editor of Windows has put its mark before', { timeout: 60_000 }, async () => {
	const { context, out } = aContext();
	expect(await run(['notepad.json', '--rounds', '10', '--json'], context)).toBe(0);
	expect(JSON.parse(out[0]!)).toMatchObject({ left: [] });
});

test(
	'prints the same plan for the same seed and rounds, and another for another seed',
	{ timeout: 60_000 },
	async () => {
		const [one, again, other] = await Promise.all(
			['1', '1', '2'].map(async (seed) => {
				const { context, out } = aContext();
				await run(['many.json', '--rounds', '2000', '--seed', seed], context);
				return out[0]!;
			}),
		);
		expect(again).toBe(one);
		expect(other).not.toBe(one);
		expect(JSON.parse(one!)).toMatchObject({ seed: 1, iterations: 2000 });
	},
);

test.each([
	['a file in another encoding', ['gbk.json'], /must be JSON in UTF-8/],
	['a problem that cannot be understood', ['wrong.json', '--rounds', '5'], /at least one place/],
	['a file that is not there', ['night.json'], /night.json” cannot be opened/],
	['a file that is cut off', ['cut-off.json'], /is not JSON/],
])('refuses %s in a sentence', async (_, args, sentence) => {
	await expect(run(args, aContext().context)).rejects.toThrow(sentence);
});

test.each([
	[[]],
	[['day.json', '--seconds', 'soon']],
	[['day.json', '--seed', '1.5']],
	[['day.json', '--fast']],
	[['day.json', '--rounds', '-1']],
	[['day.json', '--rounds', '5', '--seconds', '1']],
])('explains its usage for %j', async (args) => {
	await expect(run(args, aContext().context)).rejects.toThrow(UsageError);
});
