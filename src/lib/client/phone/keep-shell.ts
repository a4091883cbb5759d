// Keeps the phone's page itself for hours without a network: the service worker gets told which files it needs.

/** Does nothing where the browser has no service workers, as on plain http. */
export async function keepShell(): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	try {
		const registration = await navigator.serviceWorker.register('/service-worker.js', { scope: '/m', type: 'module' });
		await navigator.serviceWorker.ready;
		const loaded = performance
			.getEntriesByType('resource')
			.map(({ name }) => new URL(name))
			.filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith('/_app/'))
			.map(({ pathname }) => pathname);
		registration.active?.postMessage({
			kind: 'keep',
			paths: ['/m', '/manifest.webmanifest', '/icon.svg', ...new Set(loaded)],
		});
	} catch {
		// Without one the page still works while there is a network.
	}
}
