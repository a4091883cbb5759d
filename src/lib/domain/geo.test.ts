import { expect, test } from 'vitest';
import { betweenM, distanceM, onSphere, type LngLat } from './geo.ts';
import { seeded } from './random.ts';

test('points on the sphere are as far apart as the places they stand for, from a doorstep to the antipodes', () => {
	const random = seeded(5);
	const at = (): LngLat => [random.between(-180, 180), random.between(-90, 90)];
	for (let i = 0; i < 300; i++) {
		const a = at();
		const near: LngLat = [a[0] + random.between(-0.001, 0.001), a[1]];
		for (const b of [at(), near, a]) {
			const apart = distanceM(a, b);
			const most = Math.max(1e-6, 1e-8 * apart);
			expect(Math.abs(betweenM(onSphere(a), onSphere(b)) - apart)).toBeLessThan(apart > 2e7 ? 1 : most);
			expect(betweenM(onSphere(b), onSphere(a))).toBe(betweenM(onSphere(a), onSphere(b)));
		}
		expect(betweenM(onSphere(a), onSphere(a))).toBe(0);
	}
});
