// Numbers as they stand on papers: well-formed, invented, each given once.

import type { Random } from '#lib/domain/random.ts';

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const ORGANISATION_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** The 18th character of a unified social credit code: weights 3^i mod 31 (GB 32100-2015). */
export function creditCheckCharacter(first17: string): string {
	const sum = [...first17].reduce(
		(total, character, at) => total + CREDIT_ALPHABET.indexOf(character) * (3 ** at % 31),
		0,
	);
	return CREDIT_ALPHABET[(31 - (sum % 31)) % 31]!;
}

/** The ninth character of an organisation code (GB 11714-1997). */
function organisationCheckCharacter(first8: string): string {
	const sum = [...first8].reduce(
		(total, character, at) => total + ORGANISATION_ALPHABET.indexOf(character) * ORGANISATION_WEIGHTS[at]!,
		0,
	);
	const check = 11 - (sum % 11);
	return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** Registered with market supervision (9), an enterprise (1), in the given district. */
export function creditCode(random: Random, district: string): string {
	const body = `MA${Array.from({ length: 6 }, () => random.pick([...CREDIT_ALPHABET])).join('')}`;
	const first17 = `91${district}${body}${organisationCheckCharacter(body)}`;
	return first17 + creditCheckCharacter(first17);
}

/** Construction permit: district, day, serial of that day, type of work (01 housing, 19 other). */
export function permitNo(district: string, day: string, serial: number, type: '01' | '19'): string {
	return `${district}${day.replaceAll('-', '')}${String(serial).padStart(2, '0')}${type}`;
}

/** Investment project code in the layout of GB/T 40058: year and month, district, department, type, serial. */
export function projectCode(random: Random, district: string, day: string): string {
	return `${day.slice(2, 4)}${day.slice(5, 7)}-${district}-04-01-${random.whole(100_000, 999_999)}`;
}

/** Kept by a machine for life. The format is a local one; this one belongs to the demonstration. */
export function propertyRecordNo(kind: 'towerCrane' | 'hoist', year: string, serial: number): string {
	return `浙A${kind === 'towerCrane' ? 'T' : 'S'}${year}${String(serial).padStart(5, '0')}`;
}

/** Given to one installation at one site. */
export function useRegistrationNo(
	district: string,
	kind: 'towerCrane' | 'hoist',
	year: string,
	serial: number,
): string {
	return `${district}-${kind === 'towerCrane' ? 'T' : 'S'}-${year}-${String(serial).padStart(4, '0')}`;
}
