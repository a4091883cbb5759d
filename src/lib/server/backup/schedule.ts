// Makes copies by itself, keeps those the rule says, and proves one of them every night. On a server only the process
// that judges does it, so that several do not do the same.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { basename, join } from 'node:path';
import { backupRules } from '#db/rules/operations.ts';
import { superfluous } from '#lib/domain/backup/keep.ts';
import type { Databases } from '../db/connection.ts';
import {
	forgetBackups,
	lastVerifiedBackup,
	newestBackup,
	noteBackup,
	noteBackupFault,
	noteVerified,
} from '../repositories/backup.ts';
import { backUpEmbedded, verifyEmbedded } from './embedded.ts';
import { dumpServer, verifyServer } from './server.ts';

export interface BackupParts {
	databases: Databases;
	dataDir: string;
	url: string;
	folder: string;
	/** Whether this process is the one that does it. */
	isOurs: () => boolean;
	pause?: () => () => void;
	onFault: (error: unknown) => void;
	now: () => number;
}

export interface Backups {
	/** One copy now, and its proof when one is due or wanted. */
	run(wish?: { verify?: boolean }): Promise<{ path: string; isVerified: boolean }>;
	stop(): Promise<void>;
}

const LOOK_EVERY_MS = 60_000;

export function startBackups(parts: BackupParts): Backups {
	const { databases, folder, onFault, now } = parts;
	const isEmbedded = databases.tier === 'embedded';
	const everyMs = (isEmbedded ? backupRules.embeddedEvery : backupRules.serverEvery).value * 1000;
	let running: Promise<{ path: string; isVerified: boolean }> | undefined;
	const startedMs = now();

	async function runOnce({ verify }: { verify?: boolean }): Promise<{ path: string; isVerified: boolean }> {
		const at = new Date(now());
		const id = randomUUID();
		const made = isEmbedded
			? { kind: 'folder' as const, ...(await backUpEmbedded(databases.alarm, parts.dataDir, folder, at, parts.pause)) }
			: await dumpServer(databases.ingest, parts.url, folder, at);
		await noteBackup(databases.ingest, { id, takenAt: at, ...made });
		const isVerified = (verify ?? (await isProofDue())) && (await prove(id, made));
		await clear();
		return { path: made.path, isVerified };
	}

	async function isProofDue(): Promise<boolean> {
		const last = await lastVerifiedBackup(databases.read);
		return !last || now() - last.getTime() >= backupRules.verifyEvery.value * 1000;
	}

	type Made =
		Awaited<ReturnType<typeof dumpServer>> | (Awaited<ReturnType<typeof backUpEmbedded>> & { kind: 'folder' });

	async function prove(id: string, made: Made): Promise<boolean> {
		try {
			if (made.kind === 'folder') await verifyEmbedded(made.path, made.tables);
			else await verifyServer(parts.url, made);
			await noteVerified(databases.ingest, id, new Date(now()));
			return true;
		} catch (error) {
			await noteBackupFault(databases.ingest, id, error instanceof Error ? error.message : String(error));
			onFault(error);
			return false;
		}
	}

	/** Takes away what the rule does not keep. */
	async function clear(): Promise<void> {
		const names = fs.readdirSync(folder).filter((name) => momentOf(name) !== undefined);
		const gone = new Set(
			superfluous(
				names.map((name) => momentOf(name)!),
				now(),
				backupRules,
			),
		);
		const paths = names.filter((name) => gone.has(momentOf(name)!)).map((name) => join(folder, name));
		for (const path of paths) fs.rmSync(path, { recursive: true, force: true });
		await forgetBackups(databases.ingest, paths);
	}

	function run(wish: { verify?: boolean } = {}): Promise<{ path: string; isVerified: boolean }> {
		running ??= runOnce(wish).finally(() => (running = undefined));
		return running;
	}

	async function look(): Promise<void> {
		if (!parts.isOurs() || !databases.isUp() || running) return;
		const last = await newestBackup(databases.read);
		// After a start the first copy waits its time, too: a start is busy enough.
		const sinceMs = Math.max(last?.takenAt.getTime() ?? 0, startedMs);
		if (now() - sinceMs >= (last || isEmbedded ? everyMs : backupRules.embeddedEvery.value * 1000)) await run();
	}
	const timer = setInterval(() => void look().catch(onFault), LOOK_EVERY_MS).unref();

	return {
		run,
		async stop() {
			clearInterval(timer);
			await running?.catch(onFault);
		},
	};
}

/** The moment in the name of a copy: `2026-11-26T03-15-00-000Z`, with or without an ending. */
function momentOf(path: string): number | undefined {
	const match = /^(\d{4}-\d{2}-\d{2}T\d{2})-(\d{2})-(\d{2})-(\d{3})Z(\.dump)?$/.exec(basename(path));
	return match ? Date.parse(`${match[1]}:${match[2]}:${match[3]}.${match[4]}Z`) : undefined;
}
