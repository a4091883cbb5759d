// The PostgreSQL server the benchmarks make databases of their own on.

import { randomBytes } from 'node:crypto';
import pg from 'pg';

export const POSTGRES = process.env.TEST_DATABASE_URL || 'postgres://postgres@127.0.0.1:5432/postgres';

export async function asAdmin(statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: POSTGRES });
	await client.connect();
	await client.query(statement);
	await client.end();
}

/** Lends the address of an empty database, and drops it whatever happens. */
export async function withDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
	const name = `sw_bench_${process.pid}_${randomBytes(3).toString('hex')}`;
	await asAdmin(`create database ${name}`);
	try {
		return await work(Object.assign(new URL(POSTGRES), { pathname: `/${name}` }).href);
	} finally {
		await asAdmin(`drop database ${name} with (force)`);
	}
}
