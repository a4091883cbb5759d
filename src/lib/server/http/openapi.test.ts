import { describe, expect, test } from 'vitest';
import { ROUTES } from '../doors/routes.ts';
import { openApi } from './openapi.ts';

const { paths, components } = openApi() as {
	paths: Record<
		string,
		Record<string, { responses: Record<string, object>; parameters?: { name: string; in: string }[] }>
	>;
	components: { schemas: Record<string, object>; responses: Record<string, object> };
};
const doors = Object.entries(ROUTES)
	.filter(([route]) => route.startsWith('/api/v1/') || ['/healthz', '/readyz', '/metrics'].includes(route))
	.flatMap(([route, row]) => Object.keys(row).map((method) => [`${method} ${route}`, route, method] as const));

describe('the description of the doors', () => {
	test.each(doors)('%s is described, with every part of its address', (_, route, method) => {
		const path = route.replace(/\[(\w+)\]/g, '{$1}');
		const door = paths[path]?.[method.toLowerCase()];
		expect(door, `${method} ${path} is missing in server/http/openapi.ts`).toBeDefined();
		const named = (door!.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name);
		expect(named.sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort());
	});

	test('describes nothing that is not there', () => {
		const known = new Set(Object.keys(ROUTES).map((route) => route.replace(/\[(\w+)\]/g, '{$1}')));
		expect(Object.keys(paths).filter((path) => !known.has(path))).toEqual([]);
	});

	test('every reference leads somewhere', () => {
		const references = [...JSON.stringify(paths).matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)];
		expect(references.length).toBeGreaterThan(10);
		for (const [, part, name] of references)
			expect(components[part as 'schemas' | 'responses'], name).toHaveProperty(name!);
	});
});
