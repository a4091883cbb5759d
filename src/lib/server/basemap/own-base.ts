// The bureau's own base map as the pages use it, and the files and tiles behind it. The key of Tianditu stays here.

import { open, stat } from 'node:fs/promises';
import type { BaseMap } from '#lib/contract/base-map.ts';
import type { Config } from '../config.ts';
import { Fault } from '../errors.ts';
import { named } from '../outbound/allow-list.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { readBaseSetting, TIANDITU, type BaseSetting } from './base-setting.ts';

type Settings = Pick<Config, 'BASEMAP_STYLE' | 'BASEMAP_REVIEW_NO' | 'BASEMAP_DATUM' | 'BASEMAP_ATTRIBUTION'>;

const FOLDER = '/basemap/own';
const TIANDITU_MAX_ZOOM = 18;

export function baseMapOf(config: Settings): BaseMap {
	const setting = readBaseSetting(config.BASEMAP_STYLE);
	if (setting.kind === 'bundled') return { kind: 'bundled' };
	const isTianditu = setting.kind === 'tianditu';
	return {
		kind: 'own',
		from: sourceOf(setting),
		reviewNo: config.BASEMAP_REVIEW_NO,
		attribution: config.BASEMAP_ATTRIBUTION || (isTianditu ? '天地图 · 自然资源部' : ''),
		// Tianditu is CGCS2000, which is WGS 84 to the centimetre.
		datum: isTianditu ? 'wgs84' : config.BASEMAP_DATUM,
	};
}

function sourceOf(setting: Exclude<BaseSetting, { kind: 'bundled' }>): Extract<BaseMap, { kind: 'own' }>['from'] {
	if (setting.kind === 'tianditu') {
		const layers = setting.imagery ? ['img', 'cia'] : ['vec', 'cva'];
		return {
			as: 'raster',
			tiles: layers.map((layer) => `${FOLDER}/tianditu/${layer}/{z}/{x}/{y}`),
			maxZoom: TIANDITU_MAX_ZOOM,
		};
	}
	const file = setting.as === 'pmtiles' ? 'tiles.pmtiles' : 'style.json';
	return { as: setting.as, url: setting.kind === 'address' ? setting.url : `${FOLDER}/${file}` };
}

export interface FilePart {
	bytes: Uint8Array;
	/** First and last byte and the size, when only a part was asked for. */
	range: { from: number; to: number; size: number } | null;
}

/** Largest part of an archive handed out at once. */
const PART_BYTES = 8 * 1024 * 1024;

/** @param wanted - header `range`, of which the one form `bytes=from-to` is understood */
export async function ownFile(config: Settings, name: string, wanted: string | null): Promise<FilePart> {
	const setting = readBaseSetting(config.BASEMAP_STYLE);
	const isIt = setting.kind === 'file' && name === (setting.as === 'pmtiles' ? 'tiles.pmtiles' : 'style.json');
	if (!isIt) throw new Fault('not-found', name, '没有这个底图文件 · There is no such file of a base map.');
	const { size } = await stat(setting.path);
	const match = /^bytes=(\d+)-(\d*)$/.exec(wanted ?? '');
	if (!match && size > PART_BYTES)
		throw new Fault('too-large', name, '请按 Range 分段读取 · Ask for a range: the archive is too large at once.');
	const from = match ? Number(match[1]) : 0;
	const to = Math.min(size - 1, match?.[2] ? Number(match[2]) : size - 1, from + PART_BYTES - 1);
	if (from > to) throw new Fault('bad-input', name, '超出文件范围 · The range lies outside the file.');
	const file = await open(setting.path);
	try {
		const bytes = new Uint8Array(to - from + 1);
		await file.read(bytes, 0, bytes.length, from);
		return { bytes, range: match ? { from, to, size } : null };
	} finally {
		await file.close();
	}
}

const LAYERS = ['vec', 'cva', 'img', 'cia'];
const HOSTS = [0, 1, 2, 3, 4, 5, 6, 7];

/** One tile of Tianditu, fetched here so that its key is not handed to browsers. */
export async function tiandituTile(
	config: Settings,
	layer: string,
	[z, x, y]: [number, number, number],
): Promise<{ bytes: ArrayBuffer; type: string }> {
	const setting = readBaseSetting(config.BASEMAP_STYLE);
	const isTile = [z, x, y].every((part) => Number.isInteger(part) && part >= 0) && z <= TIANDITU_MAX_ZOOM;
	if (setting.kind !== 'tianditu' || !LAYERS.includes(layer) || !isTile)
		throw new Fault('not-found', layer, '没有这个图块 · There is no such tile.');
	const bases = setting.base === TIANDITU ? HOSTS.map((host) => TIANDITU.replace('{s}', String(host))) : [setting.base];
	const base = bases[(x + y) % bases.length]!;
	const question = new URLSearchParams({
		...{ SERVICE: 'WMTS', REQUEST: 'GetTile', VERSION: '1.0.0', LAYER: layer, STYLE: 'default' },
		...{ TILEMATRIXSET: 'w', FORMAT: 'tiles', TILEMATRIX: String(z), TILECOL: String(x), TILEROW: String(y) },
		tk: setting.key,
	});
	const answer = await createOutbound(named([base])).ask(`${base}/${layer}_w/wmts?${question}`);
	const type = answer.headers.get('content-type') ?? '';
	// A key that is wrong or used up is answered by words instead of a picture.
	if (!answer.ok || !type.startsWith('image/'))
		throw new Fault('upstream-down', layer, '天地图没有返回图块，请检查密钥 · Tianditu sent no tile; check the key.');
	return { bytes: await answer.arrayBuffer(), type };
}
