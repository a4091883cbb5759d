// Migrating an empty database on a server takes seconds; the tests do it once per version of the schema and copy it.

import pg from 'pg';
import { openDatabases } from '#lib/server/db/connection.ts';
import { fingerprint } from './template.ts';

/** Creates a migrated, empty database on a PostgreSQL server. @returns its address */
export async function createOnServer(server: string, name: string): Promise<string> {
	const client = new pg.Client({ connectionString: server });
	await client.connect();
	try {
		const template = `sw_template_${fingerprint()}`;
		await client.query('select pg_advisory_lock(hashtext($1))', [template]);
		if (!(await exists(client, template))) await build(client, server, template);
		await client.query('select pg_advisory_unlock(hashtext($1))', [template]);
		await client.query(`create database ${name} template ${template}`);
	} finally {
		await client.end();
	}
	return addressOf(server, name);
}

async function build(client: pg.Client, server: string, template: string): Promise<void> {
	await removeOld(client);
	const draft = `${template}_draft`;
	await client.query(`drop database if exists ${draft} with (force)`);
	await client.query(`create database ${draft} encoding 'UTF8' template template0`);
	const databases = await openDatabases({ DATABASE_URL: addressOf(server, draft), DATA_DIR: '' });
	await databases.close();
	await client.query(`alter database ${draft} rename to ${template}`);
}

/** Templates of earlier schemas; one that is in use now is younger than a day. */
async function removeOld(client: pg.Client): Promise<void> {
	const { rows } = await client.query<{ datname: string }>(
		`select datname from pg_database where datname ~ '^sw_template_[0-9a-f]+$'
			and (pg_stat_file('base/' || oid || '/PG_VERSION')).modification < now() - interval '1 day'`,
	);
	for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
}

async function exists(client: pg.Client, name: string): Promise<boolean> {
	return (await client.query('select from pg_database where datname = $1', [name])).rowCount === 1;
}

const addressOf = (server: string, name: string): string =>
	Object.assign(new URL(server), { pathname: `/${name}` }).href;
