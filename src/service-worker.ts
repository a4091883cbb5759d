/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
// The phone's pages without a network. Only `/m` is under it; data never is: that lies in IndexedDB with a state of its own.

import { version } from '$service-worker';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const CACHE = `field-${version}`;

worker.addEventListener('install', (event) => {
	event.waitUntil(worker.skipWaiting());
});

worker.addEventListener('activate', (event) => {
	const clean = async () => {
		for (const name of await caches.keys()) if (name.startsWith('field-') && name !== CACHE) await caches.delete(name);
		await worker.clients.claim();
	};
	event.waitUntil(clean());
});

worker.addEventListener('message', (event) => {
	const { kind, paths } = event.data as { kind: string; paths: string[] };
	if (kind !== 'keep') return;
	const keep = async () => {
		const cache = await caches.open(CACHE);
		await Promise.all(paths.map((path) => cache.add(path).catch(() => undefined)));
	};
	event.waitUntil(keep());
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== worker.location.origin || url.pathname.startsWith('/api/')) return;
	if (request.mode === 'navigate') event.respondWith(newest(request));
	else if (url.pathname.startsWith('/_app/immutable/')) event.respondWith(kept(request));
});

/** The page as the server has it now; as it was last when the server cannot be reached. */
async function newest(request: Request): Promise<Response> {
	const cache = await caches.open(CACHE);
	try {
		const response = await fetch(request);
		if (response.ok && !response.redirected) await cache.put('/m', response.clone());
		return response;
	} catch {
		return (await cache.match('/m')) ?? Response.error();
	}
}

async function kept(request: Request): Promise<Response> {
	const cache = await caches.open(CACHE);
	const known = await cache.match(request);
	if (known) return known;
	const response = await fetch(request);
	if (response.ok) await cache.put(request, response.clone());
	return response;
}
