// What the embedded database knows of itself, beside its own folder. As long as the manifest says there is a database,
// an empty or damaged folder is refused: an engine left alone would begin a new one and the district would be empty.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { Fault } from '../../errors.ts';
import type { Place } from './place.ts';
import { syncFolder } from './sync.ts';

const ManifestSchema = v.object({
	instance: v.string(),
	/** `creating` until the first opening has ended well; nothing has been promised before. */
	state: v.picklist(['creating', 'ready']),
	created: v.string(),
	/** Newest migration the database has had. */
	schema: v.nullable(v.string()),
	lastCleanShutdown: v.nullable(v.string()),
	/** PostgreSQL's own number of the cluster, so that another's folder is not taken for this one. */
	system: v.optional(v.nullable(v.string()), null),
	/** Rows that tables which only grow had at least; fewer mean that some were lost. */
	floors: v.optional(v.record(v.string(), v.number()), {}),
});
export type Manifest = v.InferOutput<typeof ManifestSchema>;

/** Size of PostgreSQL's control file since 8.0; a shorter one was cut. */
const CONTROL_BYTES = 8192;

/**
 * Readies the folder for opening: a new one is marked as being created, one whose creation was broken off is emptied,
 * any other must be whole.
 *
 * @throws Fault `gone` for a database that is missing or damaged
 */
export function prepareCluster(place: Place, now: Date): Manifest {
	const manifest = readManifest(place);
	const filled = fs.existsSync(place.cluster) && fs.readdirSync(place.cluster).length > 0;
	if (!manifest && filled) throw damaged(place, 'manifest.json 缺失 · manifest.json is missing');
	if (!manifest || manifest.state === 'creating') {
		fs.rmSync(place.cluster, { recursive: true, force: true });
		const begun: Manifest = {
			instance: randomUUID(),
			state: 'creating',
			created: now.toISOString(),
			schema: null,
			lastCleanShutdown: null,
			system: null,
			floors: {},
		};
		writeManifest(place, begun);
		fs.mkdirSync(place.cluster, { mode: 0o700 });
		return begun;
	}
	const fault = faultOf(place) ?? strangerIn(place, manifest);
	if (fault) throw damaged(place, fault);
	return manifest;
}

export function readManifest(place: Place): Manifest | undefined {
	if (!fs.existsSync(place.manifest)) return undefined;
	try {
		return v.parse(ManifestSchema, JSON.parse(fs.readFileSync(place.manifest, 'utf8')));
	} catch (error) {
		throw damaged(place, `manifest.json 无法读取 · manifest.json cannot be read (${(error as Error).message})`);
	}
}

/** The number PostgreSQL gave the cluster when it was made: the first eight bytes of its control file. */
export function systemOf({ cluster }: Place): string {
	return fs.readFileSync(join(cluster, 'global/pg_control')).readBigUInt64LE(0).toString();
}

/** Keeps what the tables held, so that a later opening can tell whether rows are missing. */
export function noteFloors(place: Place, floors: Record<string, number>): void {
	const manifest = readManifest(place);
	if (manifest) writeManifest(place, { ...manifest, floors });
}

/** Keeps in the manifest which schema the database has, for whoever looks at a folder or a backup without opening it. */
export function noteSchema(place: Place, schema: string | undefined): void {
	const manifest = readManifest(place);
	if (manifest && schema && manifest.schema !== schema) writeManifest(place, { ...manifest, schema });
}

/** Written beside and renamed, so that it is never half. */
export function writeManifest(place: Place, manifest: Manifest): void {
	const draft = `${place.manifest}.${process.pid}`;
	const file = fs.openSync(draft, 'w', 0o600);
	try {
		fs.writeFileSync(file, `${JSON.stringify(manifest, null, '\t')}\n`);
		fs.fsyncSync(file);
	} finally {
		fs.closeSync(file);
	}
	fs.renameSync(draft, place.manifest);
	syncFolder(place.folder);
}

function strangerIn(place: Place, { system }: Manifest): string | undefined {
	if (system === null || system === systemOf(place)) return undefined;
	return '文件夹里是另一个数据库 · the folder holds another database';
}

/** What is wrong with the cluster's files, if it can be told without opening them. */
function faultOf({ cluster }: Place): string | undefined {
	const missing = ['PG_VERSION', 'global', 'global/pg_control', 'base', 'pg_wal', 'pg_xact'].find(
		(name) => !fs.existsSync(join(cluster, name)),
	);
	if (missing) return `缺少 ${missing} · ${missing} is missing`;
	const control = fs.readFileSync(join(cluster, 'global/pg_control'));
	if (control.length !== CONTROL_BYTES || control.every((byte) => byte === 0)) {
		return 'global/pg_control 已损坏 · global/pg_control is damaged';
	}
	const segments = fs.readdirSync(join(cluster, 'pg_wal')).filter((name) => /^[0-9A-F]{24}$/.test(name));
	if (segments.length === 0) return '预写日志缺失 · the write-ahead log is missing';
	return undefined;
}

/** The one sentence for a database that must not be begun anew. */
export function damaged(place: Place, what: string): Fault {
	return new Fault(
		'gone',
		place.folder,
		`内置数据库 ${place.folder} 已损坏或被清空：${what}。不会新建空库；请恢复备份：npm run sitewatch -- restore 备份文件夹 · ` +
			`The embedded database is damaged or was emptied and is not begun anew; ` +
			`restore a backup: npm run sitewatch -- restore FOLDER`,
	);
}
