// Where the embedded database of a data folder lives, and where its engine listens.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export interface Place {
	/** Holds everything of the embedded database. */
	folder: string;
	/** PostgreSQL's own folder. */
	cluster: string;
	manifest: string;
	lock: string;
	log: string;
	/** What the engine had to survive, for whoever asks how it fares. */
	status: string;
}

/** The port in the name of a PostgreSQL socket; the folder tells them apart. */
export const SOCKET_PORT = 5432;

/** The shortest of the limits systems set for the path of a socket (macOS). */
const MAX_SOCKET_PATH = 103;

export function placeOf(dataDir: string): Place {
	const folder = join(dataDir, 'db');
	return {
		folder,
		cluster: join(folder, 'cluster'),
		manifest: join(folder, 'manifest.json'),
		lock: join(folder, 'engine.lock'),
		log: join(folder, 'engine.log'),
		status: join(folder, 'engine-status.json'),
	};
}

/**
 * The folder of the engine's socket: the database's own, or where its path is too long for a socket, one under the
 * system's folder for temporary files that only this user may enter.
 */
export function socketFolder(place: Place): string {
	if (socketPath(place.folder).length <= MAX_SOCKET_PATH) return place.folder;
	const key = createHash('sha256').update(place.folder).digest('hex').slice(0, 16);
	const { uid } = userInfo();
	const folder = join(tmpdir(), `sitewatch-${uid}-${key}`);
	fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
	const { mode, uid: owner } = fs.lstatSync(folder);
	if (owner !== uid || (mode & 0o777) !== 0o700 || !fs.lstatSync(folder).isDirectory()) {
		throw new Error(`${folder} belongs to somebody else; the embedded database cannot listen there.`);
	}
	return folder;
}

export const socketPath = (folder: string): string => join(folder, `.s.PGSQL.${SOCKET_PORT}`);
