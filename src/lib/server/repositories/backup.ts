// The book of backups.

import type { BackupTable } from '#db/schema.ts';
import type { Db } from '../db/connection.ts';

export interface BackupEntry {
	id: string;
	kind: BackupTable['kind'];
	path: string;
	takenAt: Date;
	bytes: number;
	tables: Record<string, number>;
}

export async function noteBackup(db: Db, { id, kind, path, takenAt, bytes, tables }: BackupEntry): Promise<void> {
	await db
		.insertInto('backup')
		.values({ id, kind, path, taken_at: takenAt, bytes, tables: JSON.stringify(tables), fault: null })
		.execute();
}

export async function noteVerified(db: Db, id: string, at: Date): Promise<void> {
	await db.updateTable('backup').set({ verified_at: at, fault: null }).where('id', '=', id).execute();
}

export async function noteBackupFault(db: Db, id: string, fault: string): Promise<void> {
	await db.updateTable('backup').set({ fault }).where('id', '=', id).execute();
}

/** When a backup was last restored and counted. */
export async function lastVerifiedBackup(db: Db): Promise<Date | undefined> {
	const row = await db
		.selectFrom('backup')
		.select('verified_at')
		.where('verified_at', 'is not', null)
		.orderBy('verified_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row?.verified_at ?? undefined;
}

export async function newestBackup(
	db: Db,
): Promise<(BackupEntry & { verifiedAt: Date | null; fault: string | null }) | undefined> {
	const row = await db.selectFrom('backup').selectAll().orderBy('taken_at', 'desc').limit(1).executeTakeFirst();
	return (
		row && {
			id: row.id,
			kind: row.kind,
			path: row.path,
			takenAt: row.taken_at,
			bytes: Number(row.bytes),
			tables: row.tables as Record<string, number>,
			verifiedAt: row.verified_at,
			fault: row.fault,
		}
	);
}

export async function forgetBackups(db: Db, paths: readonly string[]): Promise<void> {
	if (paths.length > 0)
		await db
			.deleteFrom('backup')
			.where('path', 'in', [...paths])
			.execute();
}
