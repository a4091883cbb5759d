// A disk that forgets what was not synced. Stands between PGlite and the real file system, keeps an undo log of every
// change since the last fsync of its file or folder, and at the cut takes back what a real disk might have lost: any
// subset of unsynced writes survives, in whole or up to some sector; of names, some first part of what was done.
// As on ext4 and XFS, syncing a file also keeps its own name.

import fs from 'node:fs';
import { dirname, join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { DurableNodeFS } from '#lib/server/db/engine/durable-fs.ts';
import type { Random } from '#lib/domain/random.ts';

type FileSystem = DurableNodeFS['init'] extends (...args: infer A) => unknown ? A : never;
type InitResult = Awaited<ReturnType<DurableNodeFS['init']>>;

interface Node {
	name: string;
	parent: Node;
	mode: number;
}
interface Stream {
	nfd?: number;
	node: Node;
	flags: number;
}
interface NodeFs {
	realPath(node: Node): string;
	node_ops: {
		setattr(node: Node, attr: { size?: number }): void;
		mknod(parent: Node, name: string, mode: number, dev: number): Node;
		rename(node: Node, newDir: Node, newName: string): void;
		unlink(parent: Node, name: string): void;
	};
	stream_ops: {
		open(stream: Stream): void;
		write(stream: Stream, heap: { buffer: ArrayBuffer }, offset: number, length: number, position: number): number;
		fsync(stream: Stream): number;
	};
}

/** One unsynced change of a file's bytes: how to take it back and how to do it again. */
interface Write {
	at: number;
	before: Buffer;
	sizeBefore: number;
	/** Undefined: the file was cut to `at`. */
	bytes: Buffer | undefined;
}
interface Naming {
	folder: string;
	/** Inode of the file that got this name; syncing it keeps the name. */
	created: number | undefined;
	undo: () => void;
}

const SECTOR = 512;
const O_TRUNC = 512;

export class PowerCut extends Error {
	override readonly name = 'PowerCut';
}

export class PowerCutDisk {
	readonly #grave: string;
	readonly #writes = new Map<number, Write[]>();
	readonly #pathOf = new Map<number, string>();
	#namings: Naming[] = [];
	#graves = 0;
	#left = Infinity;
	isOff = false;

	/** @param grave - a folder for removed files, on the same disk as the database */
	constructor(grave: string) {
		this.#grave = grave;
		fs.mkdirSync(grave, { recursive: true });
	}

	/** The power fails at the change or sync with this number, counted from now. */
	cutAfter(changes: number): void {
		this.#left = changes;
	}

	/** Takes back what was not synced, as chance will have it, and gives power again. */
	forget(random: Random): { lost: number; kept: number; torn: number } {
		const fate = { lost: 0, kept: 0, torn: 0 };
		for (const [inode, writes] of this.#writes) {
			const path = this.#pathOf.get(inode)!;
			const file = fs.openSync(path, 'r+');
			for (const write of [...writes].reverse()) {
				if (write.before.length > 0) fs.writeSync(file, write.before, 0, write.before.length, write.at);
				fs.ftruncateSync(file, write.sizeBefore);
			}
			for (const { at, bytes } of writes) {
				const chance = random.next();
				if (chance < 0.5) fate.lost++;
				else if (!bytes) fs.ftruncateSync(file, at);
				else {
					const isTorn = chance > 0.85 && bytes.length > SECTOR;
					const length = isTorn ? SECTOR * random.whole(1, Math.floor(bytes.length / SECTOR)) : bytes.length;
					fs.writeSync(file, bytes, 0, length, at);
					fate[isTorn ? 'torn' : 'kept']++;
				}
			}
			fs.closeSync(file);
		}
		const survive = random.whole(0, this.#namings.length);
		for (const naming of this.#namings.slice(survive).reverse()) naming.undo();
		this.#writes.clear();
		this.#namings = [];
		this.#pathOf.clear();
		this.#left = Infinity;
		this.isOff = false;
		return fate;
	}

	/** Puts this disk under a file system of the engine. */
	under(nodefs: NodeFs): void {
		const { node_ops: names, stream_ops: streams } = nodefs;
		const real = { ...names, ...streams };
		const pathIn = (parent: Node, name: string): string => join(nodefs.realPath(parent), name);

		streams.open = (stream) => {
			const path = nodefs.realPath(stream.node);
			if (stream.flags & O_TRUNC && fs.existsSync(path) && fs.statSync(path).isFile()) {
				this.#step();
				this.#noteWrite(path, 0, undefined);
			}
			real.open(stream);
		};
		streams.write = (stream, heap, offset, length, position) => {
			this.#step();
			const bytes = Buffer.from(new Uint8Array(heap.buffer, offset, length));
			this.#noteWrite(nodefs.realPath(stream.node), position, bytes);
			return real.write(stream, heap, offset, length, position);
		};
		streams.fsync = (stream) => {
			this.#step();
			const answer = real.fsync(stream);
			const path = nodefs.realPath(stream.node);
			if (stream.nfd === undefined) this.#namings = this.#namings.filter(({ folder }) => folder !== path);
			else {
				const { ino } = fs.fstatSync(stream.nfd);
				this.#writes.delete(ino);
				this.#namings = this.#namings.filter(({ created }) => created !== ino);
			}
			return answer;
		};
		names.setattr = (node, attr) => {
			if (attr.size !== undefined) {
				this.#step();
				this.#noteWrite(nodefs.realPath(node), attr.size, undefined);
			}
			real.setattr(node, attr);
		};
		names.mknod = (parent, name, mode, dev) => {
			this.#step();
			const node = real.mknod(parent, name, mode, dev);
			const path = pathIn(parent, name);
			const { ino } = fs.statSync(path);
			this.#namings.push({
				folder: dirname(path),
				created: ino,
				undo: () => fs.rmSync(path, { recursive: true, force: true }),
			});
			return node;
		};
		names.rename = (node, newDir, newName) => {
			this.#step();
			const from = nodefs.realPath(node);
			const to = pathIn(newDir, newName);
			const { ino } = fs.statSync(from);
			real.rename(node, newDir, newName);
			if (this.#pathOf.has(ino)) this.#pathOf.set(ino, to);
			this.#namings.push({ folder: dirname(to), created: ino, undo: () => fs.renameSync(to, from) });
		};
		names.unlink = (parent, name) => {
			this.#step();
			const path = pathIn(parent, name);
			const { ino } = fs.statSync(path);
			const grave = join(this.#grave, String(this.#graves++));
			fs.renameSync(path, grave);
			if (this.#pathOf.has(ino)) this.#pathOf.set(ino, grave);
			this.#namings.push({ folder: dirname(path), created: undefined, undo: () => fs.renameSync(grave, path) });
		};
	}

	#step(): void {
		if (!this.isOff && --this.#left < 0) this.isOff = true;
		if (this.isOff) throw new PowerCut('The power is off.');
	}

	#noteWrite(path: string, at: number, bytes: Buffer | undefined): void {
		const { ino, size } = fs.statSync(path);
		const end = bytes ? Math.min(size, at + bytes.length) : size;
		const before = Buffer.alloc(Math.max(0, end - at));
		if (before.length > 0) {
			const file = fs.openSync(path, 'r');
			fs.readSync(file, before, 0, before.length, at);
			fs.closeSync(file);
		}
		let writes = this.#writes.get(ino);
		if (!writes) this.#writes.set(ino, (writes = []));
		this.#pathOf.set(ino, path);
		writes.push({ at, before, sizeBefore: size, bytes });
	}
}

/** The product's own file system on a disk that can lose its power. */
export class PowerCutFS extends DurableNodeFS {
	readonly #disk: PowerCutDisk;

	constructor(folder: string, disk: PowerCutDisk) {
		super(folder, (error) => {
			throw error;
		});
		this.#disk = disk;
	}

	override async init(...args: FileSystem): Promise<InitResult> {
		const result = await super.init(...args);
		// Hooks run last to first: this one after the one that adds the syncs.
		result.emscriptenOpts.preRun?.unshift((mod: PGlite['Module']) =>
			this.#disk.under(mod.FS.filesystems.NODEFS as unknown as NodeFs),
		);
		return result;
	}
}
