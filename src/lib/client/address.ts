// The browser's address bar as the view sees it, by SvelteKit's shallow routing: no page is loaded anew.

import { pushState, replaceState } from '$app/navigation';
import type { Address } from './selection.svelte.ts';
import { readable } from './view-url.ts';

export function browserAddress(): Address {
	return {
		read: () => new URLSearchParams(location.search),
		write(parameters, how) {
			const text = readable(parameters);
			const url = `${location.pathname}${text ? `?${text}` : ''}${location.hash}`;
			if (how === 'push') pushState(url, {});
			else replaceState(url, {});
		},
		onback(read) {
			// SvelteKit has its own listener on the same event; the address is already the new one in both.
			const listener = () => read();
			addEventListener('popstate', listener);
			return () => removeEventListener('popstate', listener);
		},
	};
}
