// What kind of picture bytes are, by how they begin and not by what somebody says of them.

export type ImageType = 'image/jpeg' | 'image/png' | 'image/webp';

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Undefined for anything else. A JPEG must also end as one: cut ones are common on bad lines. */
export function imageType(bytes: Uint8Array): ImageType | undefined {
	const { length } = bytes;
	if (length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff)
		return bytes[length - 2] === 0xff && bytes[length - 1] === 0xd9 ? 'image/jpeg' : undefined;
	if (length > 8 && PNG.every((byte, i) => bytes[i] === byte)) return 'image/png';
	const text = (from: number) => String.fromCharCode(...bytes.subarray(from, from + 4));
	return length > 12 && text(0) === 'RIFF' && text(8) === 'WEBP' ? 'image/webp' : undefined;
}
