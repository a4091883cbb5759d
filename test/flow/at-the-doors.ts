// The real doors, routes and commands of the product, asked in this process: a request goes through `hooks.server.ts` to
// the route's own handler. Everybody comes with a real session, key or wall cookie; telemetry and sockets over HTTP.

import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import { vi } from 'vitest';
import type * as hooksOfServer from '../../src/hooks.server.ts';
import { ROLE_LAYERS } from '#lib/domain/access/matrix.ts';
import type { PersonRole, TokenScope } from '#lib/domain/access/principal.ts';
import { newSecret, sha256 } from '#lib/server/auth/secret.ts';
import { openSession } from '#lib/server/auth/session.ts';
import { newToken } from '#lib/server/auth/token.ts';
import { openDatabases, type Databases } from '#lib/server/db/connection.ts';
import { attach, closeAll } from '#lib/server/process.ts';
import { addGrant, addPerson, personById } from '#lib/server/repositories/person.ts';
import { addToken } from '#lib/server/repositories/token.ts';
import { addWall, setWallToken } from '#lib/server/repositories/wall.ts';
import { runtime, type Runtime } from '#lib/server/runtime.ts';
import { sockets } from '#lib/server/sockets/io.ts';
import { copyTemplate } from '../database/template.ts';
import { endEngine } from '../database/end-engine.ts';
import { freshServerDatabase } from './fresh-server-database.ts';

type Hooks = Pick<typeof hooksOfServer, 'handle' | 'handleError' | 'init'>;
type Headers = Record<string, string>;
type Handler = (event: RequestEvent) => unknown;
type Module = Record<string, unknown>;

export interface Ask {
	params?: Record<string, string>;
	/** Begins with `?`. */
	query?: string;
	body?: unknown;
	form?: Record<string, string>;
}

export interface Answer {
	status: number;
	text: string;
	/** `cache-control`; null where a browser was told nothing. */
	caching?: string | null;
}

const ROUTES = import.meta.glob<Module>([
	'../../src/routes/**/+server.ts',
	'../../src/routes/**/+page.server.ts',
	'../../src/routes/**/+layout.server.ts',
]);
const under = (routeId: string, file: string) => ROUTES[`../../src/routes${routeId === '/' ? '' : routeId}/${file}`];

export class AtTheDoors {
	readonly databases: Databases;
	readonly runtime: Runtime;
	readonly url: string;
	readonly #hooks: Hooks;
	readonly #close: () => Promise<void>;

	private constructor(databases: Databases, url: string, hooks: Hooks, close: () => Promise<void>) {
		this.databases = databases;
		this.url = url;
		this.#hooks = hooks;
		this.#close = close;
		this.runtime = runtime();
	}

	/**
	 * @param fill - puts into the database what the server shall find at its start
	 * @param more - settings that differ from those of a quiet server
	 */
	static async open(
		fill: (databases: Databases) => Promise<void>,
		more: Record<string, string> = {},
	): Promise<AtTheDoors> {
		const folder = fs.mkdtempSync(join(tmpdir(), 'sw-doors-'));
		const server = process.env.TEST_DATABASE_URL;
		const fresh = server ? await freshServerDatabase(server) : undefined;
		if (!fresh) await copyTemplate(folder);
		const databases = fresh?.databases ?? (await openDatabases({ DATABASE_URL: '', DATA_DIR: folder }));
		await fill(databases);

		const settings = { DEMO: 'off', SIMULATOR: 'off', LOG_LEVEL: 'silent', MQTT_PORT: 'off', HOST: '127.0.0.1' };
		const places = { DATABASE_URL: fresh?.url ?? '', DATA_DIR: folder, BACKUP_DIR: join(folder, 'backups') };
		for (const [name, value] of Object.entries({ ...settings, ...places, ...more })) vi.stubEnv(name, value);
		const http: Server = createServer((_, response) => response.writeHead(404).end());
		attach(http);
		await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
		const hooks = await import('../../src/hooks.server.ts');
		await hooks.init!();
		return new AtTheDoors(databases, `http://127.0.0.1:${(http.address() as AddressInfo).port}`, hooks, async () => {
			await closeAll();
			await sockets().close();
			http.closeAllConnections();
			vi.unstubAllEnvs();
			if (fresh) await fresh.remove();
			else {
				await databases.close();
				await endEngine(folder, 'SIGKILL');
			}
			fs.rmSync(folder, { recursive: true, force: true });
		});
	}

	close(): Promise<void> {
		return this.#close();
	}

	async person(role: PersonRole, area: string): Promise<Headers> {
		const at = new Date();
		const id = randomUUID();
		const db = this.databases.ingest;
		const login = `${role}-${id.slice(0, 8)}`;
		await addPerson(db, { id, login, name: `${role} ${area}`, isDemo: true, passwordHash: null, at });
		const grant = { role, area, layers: ROLE_LAYERS[role] };
		await addGrant(db, { id: randomUUID(), personId: id, ...grant, at, by: 'test' });
		const { principalVersion } = (await personById(db, id))!;
		const person = { id, grants: [grant], principalVersion };
		const { token } = await openSession(db, person, { address: '127.0.0.1', agent: 'test' }, 'demo-link', at);
		return { cookie: `sid=${token}` };
	}

	async token(scope: TokenScope, siteIds: string[] | null, deviceIds: string[] | null = null): Promise<Headers> {
		const { id, bearer } = newToken();
		const narrowing = { siteIds, deviceIds, quantities: null };
		const name = `${scope} ${deviceIds?.join() ?? ''}`;
		const by = { name, scope, at: new Date(), by: 'test', ...narrowing };
		await addToken(this.databases.ingest, { id, tokenSha256: sha256(bearer), ...by });
		return { authorization: `Bearer ${bearer}` };
	}

	async wall(area: string): Promise<Headers> {
		const secret = newSecret();
		const id = randomUUID();
		const wall = { id, name: '大屏', areas: [area], networks: null, at: new Date(), by: 'test' };
		await addWall(this.databases.ingest, wall);
		await setWallToken(this.databases.ingest, id, sha256(secret));
		return { cookie: `wall=${secret}` };
	}

	/** Asks a door as somebody. */
	async ask(who: Headers, method: string, routeId: string, asked: Ask = {}): Promise<Answer> {
		const names = [...routeId.matchAll(/\[(\w+)\]/g)].map(([, name]) => name!);
		const params: Record<string, string> = { ...Object.fromEntries(names.map((name) => [name, 'x'])), ...asked.params };
		const path =
			routeId.replace(/\/\([^)]+\)/g, '').replace(/\[(\w+)\]/g, (_, name) => encodeURIComponent(params[name]!)) || '/';
		const headers: Headers = { host: new URL(this.url).host, origin: this.url, ...who };
		if (asked.body !== undefined) headers['content-type'] = 'application/json';
		const isForm = method === 'POST' && under(routeId, '+page.server.ts') !== undefined;
		if (isForm) headers['content-type'] = 'application/x-www-form-urlencoded';
		const body = isForm ? new URLSearchParams(asked.form).toString() : JSON.stringify(asked.body);
		const url = new URL(path + (asked.query ?? ''), this.url);
		if (routeId === '/api/v1/telemetry') {
			const response = await fetch(url, { method, headers, body });
			return { status: response.status, text: await response.text() };
		}
		const withBody = method !== 'GET' && body !== undefined;
		const request = new Request(url, { method, headers, ...(withBody && { body }) });
		const event = eventOf(request, url, routeId, params, who.cookie ?? '');
		try {
			const resolve = () => this.#answer(event, method, routeId);
			const response = await this.#hooks.handle({ event, resolve } as never);
			const caching = response.headers.get('cache-control');
			return { status: response.status, text: await response.text(), caching };
		} catch (thrown) {
			return statusOf(thrown);
		}
	}

	/** What SvelteKit does with a route: its handler, its load functions, or one of its actions. */
	async #answer(event: RequestEvent, method: string, routeId: string): Promise<Response> {
		try {
			const server = await under(routeId, '+server.ts')?.();
			if (server) return (await (server[method] as Handler)(event)) as Response;
			const page = (await under(routeId, '+page.server.ts')?.()) ?? {};
			if (method === 'POST') {
				const actions = page.actions as Record<string, Handler>;
				const action = event.url.search.match(/^\?\/(\w+)/)?.[1] ?? Object.keys(actions)[0]!;
				return Response.json((await actions[action]!(event)) ?? null);
			}
			const board = routeId.startsWith('/(board)') ? await under('/(board)', '+layout.server.ts')?.() : undefined;
			const loaded = await Promise.all([board, page].map((module) => (module?.load as Handler | undefined)?.(event)));
			return Response.json(loaded.map((data) => data ?? null));
		} catch (thrown) {
			const known = statusOf(thrown, false);
			if (known.status) return new Response(known.text, { status: known.status });
			const { handleError } = this.#hooks;
			const shown = await handleError({ error: thrown, event, status: 500, message: 'Internal Error' } as never);
			return Response.json(shown, { status: event.locals.fault?.status ?? 500 });
		}
	}
}

/** @param rethrow - whether what is neither a redirect nor an error with a status goes on */
function statusOf(thrown: unknown, rethrow = true): Answer {
	if (isRedirect(thrown)) return { status: thrown.status, text: thrown.location };
	if (isHttpError(thrown)) return { status: thrown.status, text: JSON.stringify(thrown.body) };
	if (rethrow) throw thrown;
	return { status: 0, text: '' };
}

function eventOf(request: Request, url: URL, id: string, params: object, cookie: string): RequestEvent {
	const jar = new Map(cookie.split('; ').map((part) => part.split('=') as [string, string]));
	return {
		...{ request, url, params, route: { id }, locals: {}, isDataRequest: false, isRemoteRequest: false },
		cookies: {
			get: (name: string) => jar.get(name),
			getAll: () => [...jar].map(([name, value]) => ({ name, value })),
			set: () => undefined,
			delete: () => undefined,
		},
		getClientAddress: () => '127.0.0.1',
		setHeaders: () => undefined,
		depends: () => undefined,
		parent: async () => ({}),
		fetch,
	} as unknown as RequestEvent;
}
