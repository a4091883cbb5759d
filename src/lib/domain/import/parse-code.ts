// Identifiers of the trade: the construction permit and the unified social credit code.

export interface PermitParts {
	/** Six digits of the authority that issued it. */
	district: string;
	issuedOn: string;
	/** Serial of that day. */
	serial: string;
	/** `01` housing … `19` other. */
	works: string;
	/** Letters some cities append: S deep pit, J foundation, Z decoration, A installation. */
	suffix: string;
}

/**
 * Reads an 18-digit permit number: 6 district, 8 date, 2 serial, 2 kind of works, and letters behind it.
 * Many permits have another shape (`[2018]施[朝]建字0072号`): those are kept as they are and give undefined.
 */
export function parsePermit(permitNo: string): PermitParts | undefined {
	const match = /^(\d{6})(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})([A-Z]*)$/.exec(permitNo);
	if (!match) return undefined;
	const [, district = '', year = '', month = '', date = '', serial = '', works = '', suffix = ''] = match;
	if (!isDay(Number(year), Number(month), Number(date)) || Number(works) < 1 || Number(works) > 19) return undefined;
	return { district, issuedOn: `${year}-${month}-${date}`, serial, works, suffix };
}

function isDay(year: number, month: number, date: number): boolean {
	const moment = new Date(Date.UTC(year, month - 1, date));
	return year >= 1990 && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === date;
}

/** One spelling of a permit or record number, so that the same number is found again: no blanks, half-width, capitals. */
export function tidyCode(written: string): string {
	return written
		.normalize('NFKC')
		.replace(/[\s\u200b\ufeff]+/g, '')
		.toUpperCase();
}

const CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Whether 18 characters are a unified social credit code: alphabet without I, O, S, V, Z, and its check character (GB 32100-2015). */
export function isCreditCode(code: string): boolean {
	if (code.length !== 18 || [...code].some((letter) => !CREDIT.includes(letter))) return false;
	let sum = 0;
	let weight = 1;
	for (const letter of code.slice(0, 17)) {
		sum += CREDIT.indexOf(letter) * weight;
		weight = (weight * 3) % 31;
	}
	return CREDIT[(31 - (sum % 31)) % 31] === code[17];
}
