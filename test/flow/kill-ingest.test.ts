import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import type { TelemetryAnswer } from '#lib/contract/telemetry.ts';
import { sha256 } from '#lib/server/auth/secret.ts';
import { newToken } from '#lib/server/auth/token.ts';
import { openDatabases } from '#lib/server/db/connection.ts';
import { addToken } from '#lib/server/repositories/token.ts';
import { aRegister } from '../builders.ts';
import { endEngine } from '../database/end-engine.ts';
import { copyTemplate } from '../database/template.ts';
import { startServer, type ServerChild } from './server-child.ts';

const CYCLES = process.env.NIGHTLY ? 100 : 10;
const DEVICES = Array.from({ length: 20 }, (_, i) => `TC-${i}`);
const GATEWAYS = 4;
const BATCH = 25;

const url = process.env.TEST_DATABASE_URL ?? '';
const tiers = url ? (['embedded', 'server'] as const) : (['embedded'] as const);

/** What a gateway knows: what it sent, and what was acknowledged. It sends a batch until it is. */
class Gateway {
	readonly acknowledged: string[] = [];
	readonly #devices: readonly string[];
	#seq = 0;
	#batch: { device: string; at: string; seq: number; values: object }[] = [];

	constructor(devices: readonly string[]) {
		this.#devices = devices;
	}

	async sendUntil(isOver: () => boolean, port: number, bearer: string): Promise<void> {
		while (!isOver()) {
			if (this.#batch.length === 0) this.#batch = Array.from({ length: BATCH }, () => this.#reading());
			if (!(await this.#send(port, bearer))) return;
		}
	}

	/** Sends what is still in doubt. @returns whether nothing is any more */
	async finishes(port: number, bearer: string): Promise<boolean> {
		return this.#batch.length === 0 || this.#send(port, bearer);
	}

	async #send(port: number, bearer: string): Promise<boolean> {
		try {
			const response = await fetch(`http://127.0.0.1:${port}/api/v1/telemetry`, {
				method: 'POST',
				headers: { authorization: `Bearer ${bearer}` },
				body: JSON.stringify({ readings: this.#batch }),
			});
			const answer = (await response.json()) as TelemetryAnswer;
			if (response.status !== 200) return false;
			expect([answer.accepted + answer.duplicates, answer.rejected]).toEqual([BATCH, []]);
			this.acknowledged.push(...this.#batch.map(({ device, seq }) => `${device} ${seq}`));
			this.#batch = [];
			return true;
		} catch (error) {
			// The server died before it answered.
			if (error instanceof TypeError || error instanceof SyntaxError) return false;
			throw error;
		}
	}

	#reading() {
		const seq = ++this.#seq;
		const device = this.#devices[seq % this.#devices.length]!;
		return { device, at: new Date().toISOString(), seq, values: { momentPercent: seq % 80, windMs: 3.5 } };
	}
}

async function onServer(statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query(statement);
	await client.end();
}

/** What is killed: the program, or under it the engine of the embedded database. */
const VICTIMS = [...tiers.map((tier) => [tier, 'server'] as const), ['embedded', 'engine'] as const];

describe.each(VICTIMS)('F-07 kill -9 while readings come in (%s: the %s)', (tier, victim) => {
	test(`${CYCLES} times: what was acknowledged is stored, each reading once`, { timeout: 3_600_000 }, async () => {
		const folder = fs.mkdtempSync(join(tmpdir(), 'sw-kill-'));
		const name = `sw_kill_${process.pid}_${randomBytes(3).toString('hex')}`;
		if (tier === 'embedded') await copyTemplate(folder);
		else await onServer(`create database ${name}`);
		const address = tier === 'server' ? Object.assign(new URL(url), { pathname: `/${name}` }).href : '';
		const settings = { DATABASE_URL: address, DATA_DIR: folder };
		const databases = await openDatabases(settings);
		let server: ServerChild | undefined;
		try {
			const register = aRegister(databases.ingest).withSite({ name: '工地', town: null, at: [120.27, 30.17] });
			for (const device of DEVICES) register.withCrane({ site: '工地', record: device, device });
			await register.build();
			const { id, bearer } = newToken();
			const open = { siteIds: null, deviceIds: null, quantities: null };
			const by = { name: 'gateways', scope: 'ingest', at: new Date(), by: 'test' } as const;
			await addToken(databases.ingest, { id, tokenSha256: sha256(bearer), ...by, ...open });

			const share = DEVICES.length / GATEWAYS;
			const gateways = Array.from(
				{ length: GATEWAYS },
				(_, i) => new Gateway(DEVICES.slice(i * share, (i + 1) * share)),
			);
			for (let cycle = 0; cycle < CYCLES; cycle++) {
				const running = (server ??= await startServer(settings));
				await expect.poll(() => gateways[0]!.finishes(running.port, bearer), { timeout: 60_000 }).toBe(true);
				let isDead = false;
				const sending = gateways.map((gateway) => gateway.sendUntil(() => isDead, running.port, bearer));
				await sleep(60 + ((cycle * 97) % 300));
				if (victim === 'engine') await endEngine(folder, 'SIGKILL');
				else {
					await running.kill();
					server = undefined;
				}
				isDead = true;
				await Promise.all(sending);
			}

			const last = (server ??= await startServer(settings));
			for (const gateway of gateways)
				await expect.poll(() => gateway.finishes(last.port, bearer), { timeout: 60_000 }).toBe(true);
			expect(await last.stop()).toBe(0);

			const { rows } = await sql<{ key: string; n: string }>`
				select device.id || ' ' || seq as key, count(*) as n
				from reading join device on device.no = device_no group by 1`.execute(databases.read);
			const stored = new Map(rows.map(({ key, n }) => [key, Number(n)]));
			const acknowledged = gateways.flatMap((gateway) => gateway.acknowledged);
			expect(acknowledged.length).toBeGreaterThan(CYCLES * BATCH);
			expect(acknowledged.filter((key) => !stored.has(key))).toEqual([]);
			// Every batch was acknowledged in the end, so nothing else may be there, and nothing twice.
			expect(stored.size).toBe(new Set(acknowledged).size);
			expect([...stored.values()].every((n) => n === 1)).toBe(true);
		} finally {
			await server?.kill();
			await databases.close();
			if (tier === 'embedded') await endEngine(folder, 'SIGKILL');
			else await onServer(`drop database ${name} with (force)`);
			fs.rmSync(folder, { recursive: true, force: true });
		}
	});
});
