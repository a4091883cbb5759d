// Photos of phones are large and mobile nets are slow in a storm: the picture in a file input is made small before it is
// sent. What cannot be made smaller goes as it is.

const LONGEST_PX = 1600;
const QUALITY = 0.82;

export async function smallPhoto(input: HTMLInputElement): Promise<void> {
	const file = input.files?.[0];
	if (!file?.type.startsWith('image/')) return;
	try {
		const picture = await createImageBitmap(file);
		const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
		const canvas = document.createElement('canvas');
		canvas.width = Math.round(picture.width * scale);
		canvas.height = Math.round(picture.height * scale);
		canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
		const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
		if (!small || small.size >= file.size) return;
		const transfer = new DataTransfer();
		transfer.items.add(new File([small], 'photo.jpg', { type: 'image/jpeg' }));
		input.files = transfer.files;
	} catch {
		// A format this browser cannot draw; the server looks at what it gets.
	}
}
