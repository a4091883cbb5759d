// PGlite's file system with real syncs. The one it ships with answers every fsync without doing it, so a committed row
// would be lost with the power. Folders are synced too: a renamed file is only safe when its folder is.

import fs from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';
import { syncFolder } from './sync.ts';

interface EmscriptenNode {
	mode: number;
}
interface EmscriptenStream {
	nfd?: number;
	node: EmscriptenNode;
}
interface NodeFsType {
	stream_ops: { fsync?: (stream: EmscriptenStream) => number };
	realPath(node: EmscriptenNode): string;
}

type InitResult = Awaited<ReturnType<NodeFS['init']>>;

/** @param onFailure - called when the disk refuses a sync; must end the engine, since what was promised is not kept */
export class DurableNodeFS extends NodeFS {
	readonly #onFailure: (error: unknown) => never;

	constructor(folder: string, onFailure: (error: unknown) => never) {
		super(folder);
		this.#onFailure = onFailure;
	}

	override async init(...args: Parameters<NodeFS['init']>): Promise<InitResult> {
		const result = await super.init(...args);
		const preRun = result.emscriptenOpts.preRun ?? [];
		preRun.unshift((mod) => {
			const nodefs = mod.FS.filesystems.NODEFS as unknown as NodeFsType;
			nodefs.stream_ops.fsync = (stream) => this.#sync(nodefs, stream);
		});
		result.emscriptenOpts.preRun = preRun;
		return result;
	}

	#sync(nodefs: NodeFsType, stream: EmscriptenStream): number {
		try {
			if (stream.nfd !== undefined) fs.fsyncSync(stream.nfd);
			else syncFolder(nodefs.realPath(stream.node));
			return 0;
		} catch (error) {
			return this.#onFailure(error);
		}
	}
}
