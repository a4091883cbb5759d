// Numbers that are looked at together lie side by side. A number in a field of an object is an object of its own, and
// lies wherever there was room: with thousands of devices a reading waits longer for the numbers it is judged by than
// judging takes. A page is a typed array that many hold a stretch of; it goes when the last of them has gone.

const PAGE = 512;

let page = new Float64Array(PAGE);
let taken = 0;

export interface Stretch {
	/** The page; what lies beside the stretch belongs to others. */
	readonly numbers: Float64Array;
	/** Where on the page the stretch begins. */
	readonly first: number;
}

/** The next so many numbers, all 0: beside those that were taken last, as long as the page has room. */
export function stretch(width: number): Stretch {
	if (taken + width > page.length) {
		page = new Float64Array(Math.max(PAGE, width));
		taken = 0;
	}
	const first = taken;
	taken += width;
	return { numbers: page, first };
}
