// A draw checked again in the browser of whoever doubts it: the same rules, the browser's own SHA-256.

import type { DrawView } from '#lib/contract/patrol.ts';
import { commitmentText, drawLots, ticketText } from '#lib/domain/planning/draw.ts';

export type DrawVerdict = 'fits' | 'other-commitment' | 'other-outcome' | 'sealed';

export async function checkDraw({ seed, outcome, pool, commitment }: DrawView): Promise<DrawVerdict> {
	if (!seed || !outcome) return 'sealed';
	if ((await sha256(commitmentText(seed, pool))) !== commitment) return 'other-commitment';
	const tickets = new Map<string, string>();
	for (const [kind, ids] of [
		['site', pool.sites],
		['officer', pool.officers],
	] as const)
		for (const id of ids) tickets.set(`${kind}/${id}`, await sha256(ticketText(seed, kind, id)));
	const again = drawLots(pool, (kind, id) => tickets.get(`${kind}/${id}`)!);
	return JSON.stringify(again) === JSON.stringify({ sites: outcome.sites, teams: outcome.teams })
		? 'fits'
		: 'other-outcome';
}

async function sha256(text: string): Promise<string> {
	const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
	return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
