import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { seeded } from '#lib/domain/random.ts';
import { openDatabases } from '#lib/server/db/connection.ts';
import { endEngine } from '../database/end-engine.ts';
import { copyTemplate } from '../database/template.ts';

const CYCLES = process.env.NIGHTLY ? 20 : 5;
const ROWS = 5_000;
/** What the child tells, in order; it is killed some milliseconds after one of these. */
const STAGES = ['open', 'drafted', 'written 2000', 'written 4000', 'written 5000', 'committed'];

const url = process.env.TEST_DATABASE_URL ?? '';
const tiers = url ? (['embedded', 'server'] as const) : (['embedded'] as const);

function registerOf(cycle: number): string {
	const lines = ['施工许可证编号,项目名称,施工单位,经度,纬度'];
	for (let n = 0; n < ROWS; n++)
		lines.push(`C${cycle}-${n},工地 ${n},公司 ${n % 20},${120.24 + (n % 100) / 1e4},${30.14 + n / 1e6}`);
	return lines.join('\n');
}

async function onServer(statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query(statement);
	await client.end();
}

async function killAfter(file: string, env: Record<string, string>, stage: string, delayMs: number): Promise<void> {
	const child = fork(join(import.meta.dirname, 'import-child.ts'), [file], {
		execArgv: ['--import', 'tsx'],
		env: { ...process.env, ...env },
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const exit = once(child, 'exit');
	child.on('message', (told) => {
		if (told === stage) void sleep(delayMs).then(() => child.kill('SIGKILL'));
	});
	await exit;
}

describe.each(tiers)('F-09 kill -9 during an import (%s)', (tier) => {
	test(`${CYCLES} times: the file is in the register whole or not at all`, { timeout: 600_000 }, async () => {
		const folder = fs.mkdtempSync(join(tmpdir(), 'sw-kill-import-'));
		const name = `sw_kill_import_${process.pid}_${randomBytes(3).toString('hex')}`;
		if (tier === 'embedded') await copyTemplate(folder);
		else await onServer(`create database ${name}`);
		const address = tier === 'server' ? Object.assign(new URL(url), { pathname: `/${name}` }).href : '';
		const settings = { DATABASE_URL: address, DATA_DIR: folder };
		const databases = await openDatabases(settings);
		const random = seeded('kill-import');
		const outcomes = { whole: 0, none: 0 };
		try {
			for (let cycle = 0; cycle < CYCLES; cycle++) {
				const file = join(folder, `cycle-${cycle}.csv`);
				fs.writeFileSync(file, registerOf(cycle));
				const stage = STAGES[cycle % STAGES.length]!;
				await killAfter(file, settings, stage, random.whole(0, stage === 'open' ? 800 : 60));

				const { rows } = await sql<{ sites: string; sources: string; revisions: string; events: string }>`
					select (select count(*) from site where permit_no like ${`C${cycle}-%`}) as sites,
						(select count(*) from source where name = ${file}) as sources,
						(select count(*) from revision r join source s on s.id = r.source_id where s.name = ${file} and r.subject = 'site') as revisions,
						(select count(*) from event_log e join source s on s.id::text = e.subject_id where s.name = ${file}) as events`.execute(
					databases.ingest,
				);
				const isWhole = rows[0]?.sites !== '0';
				outcomes[isWhole ? 'whole' : 'none']++;
				expect(rows[0], `killed after “${stage}”`).toEqual(
					isWhole
						? { sites: String(ROWS), sources: '1', revisions: String(ROWS), events: '1' }
						: { sites: '0', sources: '0', revisions: '0', events: '0' },
				);
			}
			// Both ways of ending were met, or the kills came all too early or all too late.
			expect(outcomes.whole).toBeGreaterThan(0);
			expect(outcomes.none).toBeGreaterThan(0);
		} finally {
			await databases.close();
			if (tier === 'embedded') await endEngine(folder, 'SIGKILL');
			else await onServer(`drop database ${name} with (force)`);
			fs.rmSync(folder, { recursive: true, force: true });
		}
	});
});
