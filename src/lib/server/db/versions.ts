// What the database must be at least, said in one sentence when it is not.

import { sql } from 'kysely';
import { Fault } from '../errors.ts';
import type { Db } from './connection.ts';

const POSTGRES = 15;
const POSTGIS = [3, 3] as const;

/** @throws Fault `database-down` for a server out of reach, too old, or without PostGIS */
export async function checkVersions(db: Db, url: string): Promise<void> {
	const subject = withoutPassword(url);
	const { number, name } = await ask(db, subject);
	if (number < POSTGRES * 10_000) {
		throw tooOld(subject, `PostgreSQL ${name}`, `PostgreSQL ${POSTGRES}`);
	}

	const { rows } = await sql<{ version: string | null; installed: boolean }>`
		select coalesce(installed_version, default_version) as version, installed_version is not null as installed
		from pg_available_extensions where name = 'postgis'`.execute(db);
	const version = rows[0]?.version;
	if (!version) {
		throw new Fault(
			'database-down',
			subject,
			`数据库 ${subject} 没有 PostGIS，请先安装 PostGIS ${POSTGIS.join('.')} 或更高版本 · ` +
				`The database has no PostGIS: install PostGIS ${POSTGIS.join('.')} or later on the server.`,
		);
	}
	const [major = 0, minor = 0] = version.split('.').map(Number);
	if (major < POSTGIS[0] || (major === POSTGIS[0] && minor < POSTGIS[1])) {
		throw tooOld(subject, `PostGIS ${version}`, `PostGIS ${POSTGIS.join('.')}`);
	}
}

async function ask(db: Db, subject: string): Promise<{ number: number; name: string }> {
	try {
		const { rows } = await sql<{ number: number; name: string }>`
			select current_setting('server_version_num')::int as number, current_setting('server_version') as name`.execute(db);
		return rows[0]!;
	} catch (error) {
		const { code, message } = (error instanceof Fault ? error.cause : error) as { code?: string; message: string };
		throw new Fault(
			'database-down',
			subject,
			`无法连接数据库 ${subject}（${message || code}） · The database cannot be reached.`,
			{ cause: error },
		);
	}
}

function tooOld(subject: string, is: string, least: string): Fault {
	return new Fault(
		'database-down',
		subject,
		`数据库 ${subject} 是 ${is}，至少需要 ${least} · The database is ${is}; at least ${least} is needed.`,
	);
}

/** An address that may be shown. */
export function withoutPassword(url: string): string {
	if (!url) return '内置数据库 · embedded database';
	try {
		const { protocol, host, pathname } = new URL(url);
		return `${protocol}//${host}${pathname}`;
	} catch {
		return 'DATABASE_URL';
	}
}
