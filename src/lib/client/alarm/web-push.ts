// Lets this browser be told of alarms also while no page is open.

import { m } from '../words/generated/messages.js';
import { ask } from '../ask.ts';

/** @throws Error with a sentence when the browser or the person does not want to */
export async function subscribeHere(key: string): Promise<void> {
	if (!('serviceWorker' in navigator) || !('PushManager' in window)) throw new Error(m.push_unsupported());
	if ((await Notification.requestPermission()) !== 'granted') throw new Error(m.push_denied());
	const registration = await navigator.serviceWorker.register('/push/worker.js', { scope: '/push/' });
	await active(registration);
	const subscription = await registration.pushManager
		.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) })
		.catch((cause: unknown) => {
			throw new Error(m.push_noService(), { cause });
		});
	const { endpoint, keys } = subscription.toJSON();
	await ask('/api/v1/push', 'POST', { endpoint, keys });
}

function active({ active, installing, waiting }: ServiceWorkerRegistration): Promise<void> {
	const coming = installing ?? waiting;
	if (active || !coming) return Promise.resolve();
	return new Promise((resolve) =>
		coming.addEventListener('statechange', () => coming.state === 'activated' && resolve()),
	);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
	const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(text, (sign) => sign.charCodeAt(0));
}
