// A photo as evidence: made small enough to send, and hashed as it will be sent, at the moment of capture.

const LONGEST_PX = 1600;
const QUALITY = 0.82;

export interface Captured {
	blob: Blob;
	sha256: string;
	takenAt: string;
}

export async function capture(file: File): Promise<Captured> {
	const takenAt = new Date().toISOString();
	const blob = await smaller(file);
	const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
	const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return { blob, sha256, takenAt };
}

async function smaller(file: File): Promise<Blob> {
	const image = await createImageBitmap(file);
	const scale = Math.min(1, LONGEST_PX / Math.max(image.width, image.height));
	const canvas = document.createElement('canvas');
	canvas.width = Math.max(1, Math.round(image.width * scale));
	canvas.height = Math.max(1, Math.round(image.height * scale));
	canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
	image.close();
	return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? file), 'image/jpeg', QUALITY));
}
