// Finds sites and machines by what people type: name, pinyin, permit, firm, device, record number. Bounded work:
// the haystacks are made once per board, a search stops at `LIMIT` hits of the best kinds.

import type { BoardIndex } from '../live/board-index.ts';
import type { ObjectKind } from '#lib/domain/picture/columns.ts';

export interface Hit {
	/** `kind-no`, as in the address. */
	key: string;
	kind: ObjectKind;
	no: number;
	label: string;
	/** What fitted when it was not the name. */
	why: { field: 'permit' | 'firm' | 'device' | 'record'; value: string } | null;
	at: [number, number];
	townCode: string | null;
}

interface Entry {
	hit: Omit<Hit, 'why'>;
	/** Lower case, spaces out. */
	name: string;
	pinyin: readonly string[];
	/** Pinyin of its firms. */
	firms: readonly string[];
	/** Everything else it may be found by. */
	papers: readonly { field: NonNullable<Hit['why']>['field']; value: string; text: string }[];
}

const LIMIT = 12;
const LONGEST_QUERY = 64;

/** Half-width letters and figures, as they stand in the register: a Chinese keyboard types `ＴＣ－０００１` as well. */
const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

export class SearchIndex {
	readonly #entries: readonly Entry[];

	/** @param machineName - how a machine is called, with the name of its site */
	constructor(index: BoardIndex, machineName: (no: number) => string) {
		const entries: Entry[] = [];
		for (const registered of index.byNo.values()) {
			const { kind, no, at } = registered;
			const key = `${kind}-${no}`;
			if ('site' in registered) {
				const { site } = registered;
				entries.push({
					hit: { key, kind, no, at, label: site.name, townCode: site.townCode },
					name: plain(site.name),
					pinyin: site.pinyin.toLowerCase().split(/\s+/).filter(Boolean),
					papers: papers([
						['permit', site.permitNo],
						['firm', site.contractor],
						['firm', site.owner],
						['firm', site.siteEngineer],
					]),
					firms: site.firmPinyin.split(' ').filter(Boolean),
				});
			} else if ('machine' in registered) {
				const { machine } = registered;
				const label = machineName(no);
				entries.push({
					hit: { key, kind, no, at, label, townCode: index.siteById.get(machine.siteId)?.townCode ?? null },
					name: plain(label),
					pinyin: [],
					firms: [],
					papers: papers([
						['record', machine.propertyRecordNo],
						['device', machine.deviceId],
					]),
				});
			} else if ('point' in registered && registered.point.deviceId) {
				const { point } = registered;
				const site = index.siteById.get(point.siteId);
				const label = site ? `${site.name} ${point.name}` : point.name;
				entries.push({
					hit: { key, kind, no, at, label, townCode: site?.townCode ?? null },
					name: plain(point.name),
					pinyin: [],
					firms: [],
					papers: papers([['device', point.deviceId]]),
				});
			}
		}
		this.#entries = entries;
	}

	/** Best first: the beginning of a number or name, then of its pinyin, then anywhere inside. */
	find(query: string): Hit[] {
		const q = plain(query).slice(0, LONGEST_QUERY);
		if (q === '') return [];
		const words = query.slice(0, LONGEST_QUERY).split(/\s+/).map(plain).filter(Boolean);
		let found = this.#judged([q]);
		// Blanks inside pinyin mean nothing; only what is not found as one is looked for word by word.
		if (found.length === 0 && words.length > 1) found = this.#judged(words);
		return found
			.sort((a, b) => a.rank - b.rank || a.hit.label.length - b.hit.label.length || a.hit.no - b.hit.no)
			.slice(0, LIMIT)
			.map(({ hit }) => hit);
	}

	/** Entries that have every word; the worst fit of them counts, and what it fitted is told. */
	#judged(words: readonly string[]): { rank: number; hit: Hit }[] {
		return this.#entries.flatMap((entry) => {
			const fits = words.map((word) => judge(entry, word));
			if (fits.includes(undefined)) return [];
			const worst = fits.reduce((a, b) => (b!.rank > a!.rank ? b : a))!;
			return [{ rank: worst.rank, hit: { ...entry.hit, why: worst.why } }];
		});
	}
}

function papers(pairs: [NonNullable<Hit['why']>['field'], string | null][]): Entry['papers'] {
	return pairs.flatMap(([field, value]) => (value ? [{ field, value, text: plain(value) }] : []));
}

function judge(entry: Entry, q: string): { rank: number; why: Hit['why'] } | undefined {
	const site = entry.hit.kind === 'site' ? 0 : 0.5;
	if (entry.name.startsWith(q)) return { rank: 1 + site, why: null };
	for (const paper of entry.papers) {
		const why = { field: paper.field, value: paper.value };
		if (paper.text === q) return { rank: 0 + site, why };
		if (paper.text.startsWith(q)) return { rank: 2 + site, why };
	}
	if (entry.name.includes(q)) return { rank: 3 + site, why: null };
	if (entry.pinyin.some((word) => word.startsWith(q))) return { rank: 4 + site, why: null };
	for (const paper of entry.papers)
		if (q.length > 1 && paper.text.includes(q))
			return { rank: 5 + site, why: { field: paper.field, value: paper.value } };
	if (q.length > 1 && entry.pinyin.some((word) => word.includes(q))) return { rank: 6 + site, why: null };
	const spelled = q.length > 1 ? entry.firms.findIndex((word) => word.includes(q)) : -1;
	if (spelled >= 0) return { rank: 7 + site, why: firmAt(entry, spelled) };
	return undefined;
}

/** The firm a word of pinyin belongs to: each has two, its syllables and its initials. */
function firmAt({ papers }: Entry, word: number): Hit['why'] {
	const firm = papers.filter(({ field }) => field === 'firm')[word >> 1];
	return firm ? { field: 'firm', value: firm.value } : null;
}
