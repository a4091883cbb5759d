// A database of its own on the PostgreSQL server of the tests, with cranes that report and a key for their gateway.

import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { sha256 } from '#lib/server/auth/secret.ts';
import { newToken } from '#lib/server/auth/token.ts';
import { openDatabases, type Databases, type Db } from '#lib/server/db/connection.ts';
import { addToken } from '#lib/server/repositories/token.ts';
import { aRegister } from '../builders.ts';
import { createOnServer } from '../database/server-template.ts';

export interface FreshDatabase {
	url: string;
	databases: Databases;
	remove(): Promise<void>;
}

export async function freshServerDatabase(server: string): Promise<FreshDatabase> {
	const name = `sw_flow_${process.pid}_${randomBytes(4).toString('hex')}`;
	const url = await createOnServer(server, name);
	const databases = await openDatabases({ DATABASE_URL: url, DATA_DIR: '' });
	return {
		url,
		databases,
		async remove() {
			await databases.close();
			await asAdmin(server, `drop database if exists ${name} with (force)`);
		},
	};
}

export async function asAdmin(server: string, statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: server });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}

/** One site with a crane per device. @returns the gateway's key */
export async function withCranes(db: Db, devices: readonly string[]): Promise<string> {
	const register = aRegister(db).withSite({ name: '工地', town: null, at: [120.27, 30.17] });
	for (const device of devices) register.withCrane({ site: '工地', record: device, device });
	await register.build();
	const { id, bearer } = newToken();
	const open = { siteIds: null, deviceIds: null, quantities: null };
	const by = { name: 'gateways', scope: 'ingest', at: new Date(), by: 'test' } as const;
	await addToken(db, { id, tokenSha256: sha256(bearer), ...by, ...open });
	return bearer;
}

/** Sends readings once. @returns whether they were acknowledged */
export async function send(port: number, bearer: string, readings: readonly object[]): Promise<boolean> {
	try {
		const response = await fetch(`http://127.0.0.1:${port}/api/v1/telemetry`, {
			method: 'POST',
			headers: { authorization: `Bearer ${bearer}` },
			body: JSON.stringify({ readings }),
			signal: AbortSignal.timeout(10_000),
		});
		await response.arrayBuffer();
		return response.status === 200;
	} catch {
		return false;
	}
}
