// `draw-verify FILE`: whether a draw by lot is what its commitment promised. FILE is what `GET /api/v1/patrol/draws/ID`
// answers once the seed is told. Needs no database: whoever doubts a draw can check it anywhere.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DrawView } from '#lib/contract/patrol.ts';
import { Fault } from '#lib/server/errors.ts';
import { checkDraw } from '#lib/server/planning/lots.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './usage-error.ts';

export const usage = 'draw-verify DRAW.json';

const WRONG = {
	commitment: '种子与名单不符合承诺值 · Seed and pool do not fit the commitment.',
	sites: '按种子重抽，工地不同 · Drawn again with the seed, other sites come out.',
	teams: '按种子重抽，人员不同 · Drawn again with the seed, other officers come out.',
} as const;

/** Status 0 when it fits, 1 when it does not. */
export async function run([file, ...rest]: string[], context: CliContext): Promise<number> {
	if (!file || rest.length) throw new UsageError();
	const draw = await readDraw(resolve(context.cwd, file));
	const { seed, outcome, pool, commitment } = draw;
	if (!seed || !outcome)
		throw new Fault(
			'bad-input',
			file,
			'种子尚未公开，无法复核 · The seed has not been told yet: it cannot be checked.',
		);
	const check = checkDraw({ seed, outcome, pool, commitment });
	context.out(check.ok ? `第 ${draw.no} 号复核一致 · No. ${draw.no} fits.` : WRONG[check.what]);
	return check.ok ? 0 : 1;
}

async function readDraw(path: string): Promise<DrawView> {
	try {
		return JSON.parse(await readFile(path, 'utf8')) as DrawView;
	} catch (cause) {
		throw new Fault('bad-input', path, `“${path}”不是抽取记录 · is no draw.`, { cause });
	}
}
