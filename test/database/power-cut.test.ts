// What the embedded engine keeps when the power fails: everything it has acknowledged, wherever the cut comes.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cuts } from './power-cut-child.ts';
import { copyTemplate } from './template.ts';

const CUTS = 20;
const ROUNDS = process.env.NIGHTLY ? 10 : 1;

describe('F-08 the power fails while rows are stored', () => {
	let folder: string;
	beforeEach(async () => {
		folder = fs.mkdtempSync(join(tmpdir(), 'sw-power-'));
		await copyTemplate(folder);
	});
	afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

	test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
		`${CUTS} times: nothing acknowledged is lost and the folder opens (round %i)`,
		{ timeout: 600_000 },
		async (round) => {
			const child = fork(
				join(import.meta.dirname, 'power-cut-child.ts'),
				[folder, `power-cut ${round}`, String(CUTS)],
				{
					execArgv: ['--import', 'tsx'],
				},
			);
			const ended = once(child, 'exit').then(() => Promise.reject(new Error('It ended without an answer.')));
			const [{ acknowledged, fates }] = (await Promise.race([once(child, 'message'), ended])) as [Cuts];
			expect(acknowledged).toBeGreaterThan(CUTS * 20);
			// The cuts did lose something, or they proved nothing.
			expect(fates.lost).toBeGreaterThan(CUTS);
			console.log(`${CUTS} cuts, ${acknowledged} acknowledged changes, unsynced writes ${JSON.stringify(fates)}`);
		},
	);
});
