import { describe, expect, test } from 'vitest';
import type { DrawPool } from '#lib/domain/planning/draw.ts';
import { checkDraw, commitmentOf, drawWith } from './lots.ts';

const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const pool: DrawPool = { sites: ids('s', 60), officers: ids('o', 12), count: 8, teams: 3, avoids: [], filter: '' };
const seed = 'f'.repeat(64);
const draw = { seed, pool, commitment: commitmentOf(seed, pool), outcome: drawWith(seed, pool)! };

describe('a draw by lot', () => {
	test('comes out the same for everybody who has seed and pool, in whatever order the pool stands', () => {
		const shuffled = { ...pool, sites: [...pool.sites].reverse(), officers: [...pool.officers].reverse() };
		expect(drawWith(seed, shuffled)).toEqual(draw.outcome);
		expect(checkDraw(draw)).toEqual({ ok: true });
	});

	test('draws nobody twice', () => {
		expect(new Set(draw.outcome.sites).size).toBe(8);
		expect(new Set(draw.outcome.teams.flat()).size).toBe(6);
	});

	test.each([
		['another seed', { seed: 'e'.repeat(64) }, 'commitment'],
		['a site added to the pool afterwards', { pool: { ...pool, sites: [...pool.sites, 'x'] } }, 'commitment'],
		[
			'a site exchanged in the outcome',
			{ outcome: { ...draw.outcome, sites: ['s0', ...draw.outcome.sites.slice(1)].reverse() } },
			'sites',
		],
		['officers exchanged', { outcome: { ...draw.outcome, teams: [...draw.outcome.teams].reverse() } }, 'teams'],
	])('%s is found out', (_, changed, what) => {
		expect(checkDraw({ ...draw, ...changed })).toEqual({ ok: false, what });
	});

	test('a pool that is too small draws nothing', () => {
		expect(drawWith(seed, { ...pool, teams: 7 })).toBeUndefined();
	});

	test('is fair: over 400 seeds every site comes up about as often as any other', () => {
		const times = new Map<string, number>();
		for (let i = 0; i < 400; i++)
			for (const site of drawWith(`seed-${i}`, pool)!.sites) times.set(site, (times.get(site) ?? 0) + 1);
		const expected = (400 * 8) / 60;
		expect(Math.min(...times.values())).toBeGreaterThan(expected * 0.5);
		expect(Math.max(...times.values())).toBeLessThan(expected * 1.5);
	});
});
