// Bytes as people read them: rows of sixteen in hex with what is printable beside, or as text with the rest marked.

export function bytesOf(base64: string): Uint8Array {
	return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

const ROW = 16;

export function hexRows(bytes: Uint8Array): { at: string; hex: string; text: string }[] {
	return Array.from({ length: Math.ceil(bytes.length / ROW) }, (_, row) => {
		const part = [...bytes.subarray(row * ROW, (row + 1) * ROW)];
		return {
			at: (row * ROW).toString(16).padStart(4, '0'),
			hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
			text: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join(''),
		};
	});
}

/** UTF-8; control characters other than line ends as a dot. */
export function readableText(bytes: Uint8Array): string {
	// eslint-disable-next-line no-control-regex
	return new TextDecoder().decode(bytes).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '·');
}

/** Whether text tells a person more than hex. */
export function isText(bytes: Uint8Array): boolean {
	const printable = bytes.filter((byte) => byte >= 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09).length;
	return bytes.length > 0 && printable / bytes.length > 0.95;
}
