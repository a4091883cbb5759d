// What of a person is shown to those who may not see personal data: enough to tell that somebody is on record, not whom
// to call. The whole is behind a “reveal” with a reason (server/commands/reveal-people.ts).

const STAR = '＊';
/** A run of digits this long or longer is a number one can call or be identified by. */
const NUMBER_FROM = 5;

/** `沈岚` → `沈＊`. Null: nobody is on record, which is no secret. */
export function maskedName<T extends string | null>(name: T): T {
	if (name === null || name === '') return name;
	return `${String.fromCodePoint(name.codePointAt(0)!)}${STAR}` as T;
}

/** `13812345678` → `138＊＊78`; shorter ones lose all but their first digit. */
export function maskedNumber<T extends string | null>(number: T): T {
	if (number === null || number === '') return number;
	const shown = number.length >= 7 ? [number.slice(0, 3), number.slice(-2)] : [number.slice(0, 1), ''];
	return `${shown[0]}${STAR}${STAR}${shown[1]}` as T;
}

/** A name and a number in one field, as registers keep it: `沈岚 13812345678` → `沈＊ 138＊＊78`. */
export function maskedContact<T extends string | null>(contact: T): T {
	if (contact === null) return contact;
	const words = contact.split(/([\s,，、;；:：/()（）]+)/);
	return words
		.map((word, at) => (at % 2 === 1 ? word : digitsOf(word) >= NUMBER_FROM ? maskedNumber(word) : maskedName(word)))
		.join('') as T;
}

const digitsOf = (word: string) => word.replace(/\D/g, '').length;
