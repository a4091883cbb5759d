// ZIP files, judged by their central directory before anything is inflated, and counted again while it is.

import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { importRules } from '#db/rules/import.ts';
import { Fault } from '../errors.ts';
import { tooLarge, unreadable } from './upload.ts';

export interface Archive {
	names: string[];
	/** The content of one entry, inflated. */
	read(name: string): Promise<Buffer>;
	/** Inflates piece by piece and keeps nothing. */
	scan(name: string, look: (piece: Buffer) => void): Promise<void>;
}

/** @throws Fault for archives that are damaged, encrypted, or would unpack into more than is allowed */
export async function openArchive(bytes: Uint8Array, name: string): Promise<Archive> {
	const { zip, entries } = await directoryOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name);
	let unpacked = 0;
	for (const entry of entries.values()) {
		unpacked += entry.uncompressedSize;
		checkEntry(entry, name);
	}
	if (unpacked > importRules.maxUnpackedBytes.value) throw bomb(name);

	const scan = async (entryName: string, look: (piece: Buffer) => void): Promise<void> => {
		const entry = entries.get(entryName);
		if (!entry) throw unreadable(name, `压缩包中没有 ${entryName}。`, `The archive holds no ${entryName}.`);
		let inflated = 0;
		try {
			for await (const piece of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
				inflated += piece.length;
				if (inflated > importRules.maxUnpackedBytes.value) throw bomb(name);
				look(piece);
			}
		} catch (error) {
			throw error instanceof Fault ? error : damaged(name, error);
		}
	};
	return {
		names: [...entries.keys()],
		scan,
		async read(entryName) {
			const pieces: Buffer[] = [];
			await scan(entryName, (piece) => pieces.push(piece));
			return Buffer.concat(pieces);
		},
	};
}

async function directoryOf(bytes: Buffer, name: string): Promise<{ zip: ZipFile; entries: Map<string, Entry> }> {
	const entries = new Map<string, Entry>();
	try {
		const zip = await fromBufferPromise(bytes, { autoClose: false });
		if (zip.entryCount > importRules.maxEntries.value) throw bomb(name);
		for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
		return { zip, entries };
	} catch (error) {
		if (error instanceof Fault) throw error;
		const isPath =
			error instanceof Error && /relative path|absolute path|invalid characters in fileName/i.test(error.message);
		throw isPath
			? unreadable(
					name,
					'压缩包内的路径不合法（指向包外），已拒绝。',
					'The archive holds a path that leads out of it and is refused.',
					error,
				)
			: damaged(name, error);
	}
}

function checkEntry(entry: Entry, name: string): void {
	if (entry.isEncrypted()) throw unreadable(name, '压缩包有密码，无法读取。', 'The archive is encrypted.');
	const isLink = ((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000;
	if (isLink)
		throw unreadable(name, '压缩包内有符号链接，已拒绝。', 'The archive holds a symbolic link and is refused.');
	const isLarge = entry.uncompressedSize > 1024 * 1024;
	if (isLarge && entry.uncompressedSize > entry.compressedSize * importRules.maxRatio.value) throw bomb(name);
}

function bomb(name: string): Fault {
	return tooLarge(
		name,
		'文件解压后过大，已拒绝（疑似压缩炸弹）。',
		'The file would unpack into far more than is allowed and is refused.',
	);
}

function damaged(name: string, cause: unknown): Fault {
	return unreadable(name, '压缩文件已损坏或不完整。', 'The archive is damaged or cut off.', cause);
}
