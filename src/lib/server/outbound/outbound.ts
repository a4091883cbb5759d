// The one way out. Whatever the server asks of another machine goes through here: only to hosts and ports of the
// settings, at the address that was looked at (a name cannot change its mind between look and connect), without
// following redirects, within a time and a size.

import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP, isIPv6 } from 'node:net';
import { outboundRules } from '#db/rules/access.ts';
import { Fault } from '../errors.ts';
import { destinationOf, hostAndPort, mayReach, type Destination } from './allow-list.ts';

export interface Pinned {
	/** As in the address; for certificates and the Host header. */
	host: string;
	port: number;
	/** The network address to connect to. */
	address: string;
}

export interface AskOptions {
	method?: string;
	headers?: Record<string, string>;
	body?: string | Uint8Array;
	/** Milliseconds from the first look-up to the last byte. */
	withinMs?: number;
	maxBytes?: number;
	signal?: AbortSignal;
}

export interface Outbound {
	/** @throws Fault forbidden with the reason when the address is not on the list; asks no name server */
	assertAllowed(address: string): void;
	/** For protocols with clients of their own (MQTT, Redis): connect to `address`, and to nothing else. */
	pin(address: string): Promise<Pinned>;
	/** @throws Fault forbidden, or upstream-down when it is out of reach, too slow, too large or redirects */
	ask(address: string, options?: AskOptions): Promise<Response>;
}

type Resolve = (host: string) => Promise<string[]>;

const resolveByName: Resolve = async (host) =>
	(await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

export function createOutbound(list: readonly Destination[], resolve: Resolve = resolveByName): Outbound {
	function allowed(address: string): { url: URL; destination: Destination } {
		const url = URL.canParse(address) ? new URL(address) : undefined;
		if (!url || !hostAndPort(url)) throw refused(address, '地址无法识别 · it is no address this program speaks to');
		if (url.username || url.password) throw refused(url.host, '地址中不能带账号 · it carries a name or password');
		const destination = destinationOf(list, url);
		if (!destination)
			throw refused(url.host, '不在 OUTBOUND_ALLOW 允许的主机和端口之中 · its host and port are not in OUTBOUND_ALLOW');
		return { url, destination };
	}

	async function pinned({ url, destination }: { url: URL; destination: Destination }): Promise<Pinned> {
		const { host, port } = destination;
		const addresses = isIP(host)
			? [host]
			: await resolve(host).catch((cause: unknown) => Promise.reject(down(url.host, 'name', cause)));
		// One forbidden answer among several is a name that plays games.
		const bad = addresses.find((address) => !mayReach(destination, address));
		const [address] = addresses;
		if (bad !== undefined || address === undefined)
			throw refused(url.host, `域名指向不允许的地址 ${bad ?? ''} · its name leads to an address that is not allowed`);
		return { host, port, address };
	}

	return {
		assertAllowed: (address) => void allowed(address),
		pin: (address) => Promise.resolve(address).then(allowed).then(pinned),
		async ask(address, options = {}) {
			const found = allowed(address);
			if (!/^https?:$/.test(found.url.protocol)) throw refused(found.url.host, '不是网页地址 · it is no http address');
			const { signal, over } = withDeadline(options);
			try {
				const place = await raceAbort(pinned(found), signal, found.url.host);
				return await exchange(found.url, place, options, signal);
			} finally {
				over();
			}
		},
	};
}

/**
 * A timer of our own: the timeout inside `AbortSignal.any` may be collected before it fires
 * (https://github.com/nodejs/node/pull/57867).
 */
function withDeadline({ withinMs, signal: outer }: AskOptions): { signal: AbortSignal; over(): void } {
	const controller = new AbortController();
	const abort = () => controller.abort();
	const timer = setTimeout(abort, withinMs ?? outboundRules.within.value * 1000);
	if (outer?.aborted) abort();
	outer?.addEventListener('abort', abort, { once: true });
	return {
		signal: controller.signal,
		over() {
			clearTimeout(timer);
			outer?.removeEventListener('abort', abort);
		},
	};
}

function exchange(url: URL, place: Pinned, options: AskOptions, signal: AbortSignal): Promise<Response> {
	const limit = options.maxBytes ?? outboundRules.bytes.value;
	return new Promise((resolve, reject) => {
		const fail = (why: DownReason, cause?: unknown) => {
			request.destroy();
			reject(down(url.host, why, cause));
		};
		const request = (url.protocol === 'https:' ? https : http).request(
			url,
			{
				method: options.method ?? 'GET',
				headers: { ...options.headers, 'accept-encoding': 'identity' },
				agent: false,
				lookup: (_, { all }, answer) => {
					const family = isIPv6(place.address) ? 6 : 4;
					if (all) answer(null, [{ address: place.address, family }]);
					else answer(null, place.address, family);
				},
				signal,
			},
			(answer) => {
				const status = answer.statusCode ?? 0;
				if (status >= 300 && status < 400 && status !== 304) return fail('redirect');
				// What arrives compressed could unpack to any size.
				if (/^(?!identity$)./.test(answer.headers['content-encoding'] ?? '')) return fail('encoding');
				if (Number(answer.headers['content-length'] ?? 0) > limit) return fail('size');
				const pieces: Buffer[] = [];
				let bytes = 0;
				answer.on('data', (piece: Buffer) => {
					bytes += piece.length;
					if (bytes > limit) fail('size');
					else pieces.push(piece);
				});
				answer.on('error', (cause) => fail(signal.aborted ? 'slow' : 'broken', cause));
				answer.on('end', () => {
					const bare = [101, 204, 205, 304].includes(status);
					resolve(new Response(bare ? null : Buffer.concat(pieces), { status, headers: headersOf(answer.headers) }));
				});
			},
		);
		request.on('error', (cause) => fail(signal.aborted ? 'slow' : 'broken', cause));
		request.end(options.body);
	});
}

function headersOf(sent: http.IncomingHttpHeaders): Headers {
	const headers = new Headers();
	for (const [name, value] of Object.entries(sent))
		for (const each of Array.isArray(value) ? value : [value ?? '']) headers.append(name, each);
	return headers;
}

function raceAbort<T>(work: Promise<T>, signal: AbortSignal, host: string): Promise<T> {
	return new Promise((resolve, reject) => {
		if (signal.aborted) reject(down(host, 'slow'));
		signal.addEventListener('abort', () => reject(down(host, 'slow')), { once: true });
		work.then(resolve, reject);
	});
}

const WHY = {
	name: '域名无法解析 · the name cannot be resolved',
	slow: '未在时限内答复 · it did not answer in time',
	broken: '连接中断或无法建立 · the connection failed',
	size: '答复过大 · its answer is too large',
	redirect: '要求转到别处，不予跟随 · it redirects, which is not followed',
	encoding: '答复被压缩 · its answer is compressed, which was not asked for',
} as const;
type DownReason = keyof typeof WHY;

const down = (host: string, why: DownReason, cause?: unknown) =>
	new Fault('upstream-down', host, `对方系统不可用 · ${host} cannot be used: ${WHY[why]}`, { cause });

const refused = (host: string, why: string) =>
	new Fault('forbidden', host, `不允许访问该地址 · ${host} may not be reached: ${why}`);
