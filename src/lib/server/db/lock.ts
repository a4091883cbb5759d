// One owner per folder. A lock is a file that names its holder by process id and start time, so that a number used
// again by another process is not taken for the holder.

import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { Fault } from '../errors.ts';
import { isAlive, startOf } from './process-start.ts';

const HolderSchema = v.object({
	pid: v.number(),
	/** Where the system tells it: boot and clock ticks. Otherwise empty. */
	started: v.string(),
	host: v.string(),
	since: v.string(),
	what: v.string(),
	/** Anything the holder wants to tell, such as where it listens. */
	note: v.optional(v.record(v.string(), v.string()), {}),
});
export type Holder = v.InferOutput<typeof HolderSchema>;

export interface Lock {
	holder: Holder;
	/** Changes what the holder tells. */
	tell(note: Record<string, string>): void;
	release(): void;
}

/**
 * @param what - who holds it, as a person would say it: `Sitewatch`, `embedded database`
 * @throws Fault `conflict` that names the holder
 */
export function acquireLock(path: string, what: string, now: Date, note: Record<string, string> = {}): Lock {
	const holder: Holder = {
		pid: process.pid,
		started: startOf(process.pid),
		host: hostname(),
		since: now.toISOString(),
		what,
		note,
	};
	const text = written(holder);

	for (let attempt = 0; attempt < 5; attempt += 1) {
		if (tryCreate(path, text)) return ownedLock(path, holder);
		const found = readText(path);
		if (found === undefined) continue;
		const other = parse(found);
		if (other && isHeld(other)) throw held(path, other);
		setAside(path, found);
	}
	throw new Fault('conflict', path, `无法锁定 ${path} · Could not lock ${path}: others take it at the same time.`);
}

const written = (holder: Holder): string => JSON.stringify(holder, null, '\t');

function ownedLock(path: string, holder: Holder): Lock {
	return {
		holder,
		tell(note) {
			Object.assign(holder.note, note);
			const draft = `${path}.${process.pid}.new`;
			fs.writeFileSync(draft, written(holder), { mode: 0o600 });
			fs.renameSync(draft, path);
		},
		release() {
			if (readText(path) === written(holder)) fs.rmSync(path, { force: true });
		},
	};
}

/** Who holds the lock now, if anybody does. */
export function holderOf(path: string): Holder | undefined {
	const text = readText(path);
	const holder = text === undefined ? undefined : parse(text);
	return holder && isHeld(holder) ? holder : undefined;
}

/** Keeps a second instance of the program off a data folder. */
export function acquireInstanceLock(dataDir: string, now: Date): Lock {
	try {
		fs.mkdirSync(dataDir, { recursive: true });
		return acquireLock(instanceLockPath(dataDir), 'Sitewatch', now);
	} catch (error) {
		throw error instanceof Fault ? error : unusable(dataDir, error);
	}
}

/** Why a folder cannot be had, as the person who named it can put it right. */
function unusable(dataDir: string, cause: unknown): Fault {
	const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
	switch (code) {
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return new Fault(
				'forbidden',
				dataDir,
				`没有权限写数据文件夹 ${dataDir}，请用 DATA_DIR=… 换一个，或改正它的权限 · ` +
					`This account may not write the data folder ${dataDir}; choose another with DATA_DIR=…, or put its permissions right.`,
				{ cause },
			);
		case 'EEXIST':
		case 'ENOTDIR':
			return new Fault(
				'conflict',
				dataDir,
				`${dataDir} 不是文件夹，不能存放数据，请用 DATA_DIR=… 换一个 · ${dataDir} is no folder; choose another with DATA_DIR=….`,
				{ cause },
			);
		case 'ENOSPC':
			return new Fault(
				'disk-full',
				dataDir,
				`磁盘已满，数据文件夹 ${dataDir} 写不进 · The disk is full; nothing can be written into ${dataDir}.`,
				{ cause },
			);
		default:
			return new Fault(
				'conflict',
				dataDir,
				`不能使用数据文件夹 ${dataDir}（${code}） · The data folder ${dataDir} cannot be used (${code}).`,
				{ cause },
			);
	}
}

export const instanceLockPath = (dataDir: string): string => join(dataDir, 'instance.lock');

function held(path: string, { pid, host, since, what }: Holder): Fault {
	const foreign =
		host === hostname() ? '' : ` 若该主机已不再运行，请删除此文件 · If that host is gone, delete this file.`;
	return new Fault(
		'conflict',
		path,
		`${path} 正被占用：${what}，进程 ${pid}，主机 ${host}，自 ${since} · ` +
			`in use by ${what}, process ${pid} on ${host}, since ${since}.${foreign}`,
	);
}

/** A holder on another host cannot be asked; it counts as there. */
function isHeld({ pid, started, host }: Holder): boolean {
	if (host !== hostname()) return true;
	if (!isAlive(pid)) return false;
	const now = startOf(pid);
	return started === '' || now === '' || started === now;
}

/** Written under another name and linked into place, so that nobody ever reads half a lock. */
function tryCreate(path: string, text: string): boolean {
	const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
	fs.writeFileSync(draft, text, { mode: 0o600 });
	try {
		fs.linkSync(draft, path);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		if ((error as NodeJS.ErrnoException).code === 'EPERM') return createWithoutLinks(path, text);
		throw error;
	} finally {
		fs.rmSync(draft, { force: true });
	}
}

/** For file systems that know no hard links. */
function createWithoutLinks(path: string, text: string): boolean {
	try {
		fs.writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
}

/** Moves a dead lock away; if somebody replaced it meanwhile, puts theirs back. */
function setAside(path: string, dead: string): void {
	const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
	try {
		fs.renameSync(path, aside);
	} catch {
		return;
	}
	if (readText(aside) !== dead && !fs.existsSync(path)) fs.renameSync(aside, path);
	else fs.rmSync(aside, { force: true });
}

function readText(path: string): string | undefined {
	try {
		return fs.readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
}

function parse(text: string): Holder | undefined {
	try {
		const result = v.safeParse(HolderSchema, JSON.parse(text));
		return result.success ? result.output : undefined;
	} catch {
		return undefined;
	}
}
