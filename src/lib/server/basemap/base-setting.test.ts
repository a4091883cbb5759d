import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hostOfBase, readBaseSetting, TIANDITU, widenPolicy } from './base-setting.ts';
import { baseMapOf, ownFile } from './own-base.ts';

const folder = mkdtempSync(join(tmpdir(), 'sw-base-'));
const archive = join(folder, 'zhejiang.pmtiles');
writeFileSync(archive, Buffer.from('0123456789'));
afterAll(() => rmSync(folder, { recursive: true }));
const config = (BASEMAP_STYLE: string, more = {}) => ({
	...{ BASEMAP_STYLE, BASEMAP_REVIEW_NO: '', BASEMAP_DATUM: 'wgs84' as const, BASEMAP_ATTRIBUTION: '' },
	...more,
});

describe('the setting of the base map', () => {
	const KEY = '0123456789abcdef0123456789abcdef';
	test.each([
		['nothing is the offline one', '', { kind: 'bundled' }],
		['a key of Tianditu', `tianditu:${KEY}`, { kind: 'tianditu', key: KEY, imagery: false, base: TIANDITU }],
		[
			'imagery of a provincial node',
			`tianditu-img:${KEY}@https://map.example.gov.cn`,
			{ kind: 'tianditu', imagery: true, base: 'https://map.example.gov.cn' },
		],
		['an archive', archive, { kind: 'file', as: 'pmtiles', path: archive }],
		[
			'an archive by address',
			'pmtiles://https://map.example.gov.cn/z',
			{ kind: 'address', as: 'pmtiles', url: 'https://map.example.gov.cn/z' },
		],
		['a style by address', 'https://map.example.gov.cn/styles/day?v=2', { kind: 'address', as: 'style' }],
	])('%s', (_, written, expected) => {
		expect(readBaseSetting(written)).toMatchObject(expected);
	});

	test.each([
		['a word', 'osm', /tianditu:KEY/],
		['a file that is not there', '/nowhere/x.pmtiles', /不存在.*\/nowhere\/x\.pmtiles/],
		['a file of another kind', '/etc/hosts', /tianditu:KEY/],
	])('%s is refused in one sentence', (_, written, sentence) => {
		expect(() => readBaseSetting(written)).toThrow(sentence);
	});
});

describe('what pages may fetch', () => {
	const policy = "default-src 'self'; connect-src 'self'; img-src 'self' data:; script-src 'self' 'nonce-x'";
	test('is widened for tiles and pictures of the one host named, and for nothing else', () => {
		const host = hostOfBase(readBaseSetting('https://map.example.gov.cn:8443/style.json'));
		expect(widenPolicy(policy, host)).toBe(
			"default-src 'self'; connect-src 'self' https://map.example.gov.cn:8443; img-src 'self' data: https://map.example.gov.cn:8443; script-src 'self' 'nonce-x'",
		);
	});
	test.each(['', archive, 'tianditu:0123456789abcdef'])('stays as it is with %s', (written) => {
		expect(widenPolicy(policy, hostOfBase(readBaseSetting(written)))).toBe(policy);
	});
});

describe('the own base map on a page', () => {
	test('the key of Tianditu stays on the server, and its datum is never GCJ-02', () => {
		const base = baseMapOf(config('tianditu:0123456789abcdef', { BASEMAP_DATUM: 'gcj02' }));
		expect(base).toMatchObject({ datum: 'wgs84', attribution: expect.stringContaining('天地图') });
		expect(JSON.stringify(base)).not.toContain('0123456789abcdef');
	});
	test('an archive is handed out in the parts that are asked for', async () => {
		const part = await ownFile(config(archive), 'tiles.pmtiles', 'bytes=2-5');
		expect([new TextDecoder().decode(part.bytes), part.range]).toEqual(['2345', { from: 2, to: 5, size: 10 }]);
	});
	test.each([
		['another file beside it', archive, 'style.json', 'not-found'],
		['a part behind its end', archive, 'tiles.pmtiles', 'bad-input'],
		['anything where no file is set', '', 'tiles.pmtiles', 'not-found'],
	])('%s is refused', async (_, written, name, code) => {
		await expect(ownFile(config(written), name, 'bytes=90-95')).rejects.toMatchObject({ code });
	});
});
