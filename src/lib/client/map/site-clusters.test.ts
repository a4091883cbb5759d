import { describe, expect, test } from 'vitest';
import type { Level } from '#lib/domain/level.ts';
import { SiteClusters, standing } from './site-clusters.ts';

const sites = Array.from({ length: 60 }, (_, i) => ({
	no: i + 1,
	at: [120.1 + (i % 10) * 0.02, 30 + Math.floor(i / 10) * 0.03] as [number, number],
}));
const calm = () => 'normal' as const;

describe('clusters of sites', () => {
	test.each([8, 10, 12, 14])('at zoom %i every site is in exactly one', (zoom) => {
		const clusters = new SiteClusters(sites).at(zoom, calm);
		const members = clusters.flatMap(({ sites: inside }) => inside).sort((a, b) => a - b);
		expect(members).toEqual(sites.map(({ no }) => no));
	});

	test('fall apart as one comes nearer', () => {
		const clusters = new SiteClusters(sites);
		expect(clusters.at(8, calm).length).toBeLessThan(clusters.at(12, calm).length);
	});

	test('may lie close together, their donuts do not touch', () => {
		const clusters = new SiteClusters(sites).at(10, calm, 1.4);
		const px = (512 * 2 ** 10) / 360;
		for (const [i, a] of clusters.entries())
			for (const b of clusters.slice(i + 1)) {
				const dy = (a.at[1] - b.at[1]) / Math.cos((30 * Math.PI) / 180);
				expect(Math.hypot(a.at[0] - b.at[0], dy) * px).toBeGreaterThan((a.radiusPx + b.radiusPx) * 1.4 - 1);
			}
	});

	test('show the worst state of all and how many are in it', () => {
		const levels: Record<number, Level> = { 1: 'warning', 2: 'danger', 3: 'danger', 4: 'unknown' };
		const found = standing([1, 2, 3, 4, 5], (no) => levels[no] ?? 'normal');
		expect(found).toMatchObject({ worst: 'danger', worstCount: 2, grave: [0.4, 0.2, 0, 0.2], calm: [0.2, 0] });
	});

	test('unknown is worse than normal: a cluster nobody hears from is not calm', () => {
		expect(standing([1, 2], (no) => (no === 1 ? 'unknown' : 'normal')).worst).toBe('unknown');
	});

	test('the parts of a ring make a whole', () => {
		const all: Level[] = ['danger', 'warning', 'notice', 'unknown', 'normal', 'off'];
		const { grave, calm: quiet } = standing([0, 1, 2, 3, 4, 5], (no) => all[no]!);
		expect([...grave, ...quiet].reduce((sum, part) => sum + part, 0)).toBeCloseTo(1);
	});
});
