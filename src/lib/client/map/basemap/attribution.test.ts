import { describe, expect, test } from 'vitest';
import { attributionLines } from './attribution.ts';

describe('attributionLines', () => {
	test('the base map that comes with the product names OpenStreetMap and says it is no statutory map', () => {
		const lines = attributionLines({ kind: 'bundled' }).join('\n');
		expect(lines).toContain('© OpenStreetMap contributors');
		expect(lines).toContain('ODbL');
		expect(lines).toContain('非法定界线');
	});

	test("a bureau's own base map shows its owner and its review number instead", () => {
		const own = { kind: 'own', from: { as: 'style', url: '/style.json' }, datum: 'wgs84' } as const;
		expect(attributionLines({ ...own, attribution: '天地图', reviewNo: 'GS(2024)0650号' })).toEqual([
			'审图号：GS(2024)0650号',
			'天地图',
		]);
		expect(attributionLines({ ...own, attribution: '', reviewNo: '' })[0]).toContain('未填写');
	});
});
