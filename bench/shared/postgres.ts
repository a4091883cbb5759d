// The PostgreSQL server the benchmarks make databases of their own on.

import pg from 'pg';

export const POSTGRES = process.env.TEST_DATABASE_URL || 'postgres://postgres@127.0.0.1:5432/postgres';

export async function asAdmin(statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: POSTGRES });
	await client.connect();
	await client.query(statement);
	await client.end();
}
