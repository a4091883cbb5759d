import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Plan } from '#lib/domain/patrol/problem.ts';
import type { CliContext } from './context.ts';
import { run } from './solve.ts';
import { UsageError } from './usage-error.ts';

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

test.each([
	['a file that is not there', ['night.json'], /night.json” cannot be opened/],
	['a file that is cut off', ['cut-off.json'], /is not JSON/],
])('refuses %s in a sentence', async (_, args, sentence) => {
	await expect(run(args, aContext().context)).rejects.toThrow(sentence);
});

test.each([[[]], [['day.json', '--seconds', 'soon']], [['day.json', '--seed', '1.5']], [['day.json', '--fast']]])(
	'explains its usage for %j',
	async (args) => {
		await expect(run(args, aContext().context)).rejects.toThrow(UsageError);
	},
);
