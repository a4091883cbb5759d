// What BASEMAP_STYLE says, in one setting: nothing, a Tianditu key, a PMTiles archive or a style, as a file or by address.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export type BaseSetting =
	| { kind: 'bundled' }
	/** `base`: another node than the national one, as provinces run them. */
	| { kind: 'tianditu'; key: string; imagery: boolean; base: string }
	| { kind: 'file'; as: 'style' | 'pmtiles'; path: string }
	| { kind: 'address'; as: 'style' | 'pmtiles'; url: string };

/** The national node answers under these names. */
export const TIANDITU = 'https://t{s}.tianditu.gov.cn';

const EXPECTED =
	'应为 tianditu:密钥、.pmtiles 或 .json 文件、或样式地址 · must be tianditu:KEY, a .pmtiles or .json file, or the address of a style';

/** @throws Error with one sentence that says what is wrong */
export function readBaseSetting(written: string): BaseSetting {
	const text = written.trim();
	if (text === '') return { kind: 'bundled' };
	const tianditu = /^tianditu(-img)?:([0-9a-z]{8,64})(?:@(https?:\/\/[^/\s]+))?$/i.exec(text);
	if (tianditu) {
		const [, imagery, key, base] = tianditu;
		return { kind: 'tianditu', key: key!, imagery: imagery !== undefined, base: base ?? TIANDITU };
	}
	const address = text.replace(/^pmtiles:\/\//, '');
	if (/^https?:\/\//.test(address)) {
		if (!URL.canParse(address)) throw new Error(EXPECTED);
		return { kind: 'address', as: isArchive(text) ? 'pmtiles' : 'style', url: address };
	}
	if (!/\.(pmtiles|json)$/i.test(text)) throw new Error(EXPECTED);
	const path = resolve(text);
	if (!existsSync(path)) throw new Error(`文件不存在 · there is no file ${path}`);
	return { kind: 'file', as: isArchive(text) ? 'pmtiles' : 'style', path };
}

function isArchive(text: string): boolean {
	return text.startsWith('pmtiles://') || /\.pmtiles(\?|$)/i.test(text);
}

/** Where the browser may fetch the base map from besides the product itself; null: nowhere else. */
export function hostOfBase(setting: BaseSetting): string | null {
	return setting.kind === 'address' ? new URL(setting.url).origin : null;
}

/** Lets pages fetch from that host too, and from no other. */
export function widenPolicy(policy: string, host: string | null): string {
	if (host === null) return policy;
	return policy.replace(
		/\b(connect-src|img-src)\b([^;]*)/g,
		(_, name: string, sources: string) => `${name}${sources} ${host}`,
	);
}
