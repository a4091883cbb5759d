// Dark, light or sunlight: what the address says, else what this browser chose before, else what the system prefers.

import type { Theme } from './view-url.ts';

const KEY = 'sitewatch.theme';

export function storedTheme(): Theme | null {
	try {
		const stored = localStorage.getItem(KEY);
		return stored === 'dark' || stored === 'light' || stored === 'sun' ? stored : null;
	} catch {
		// A browser that forbids storage has no memory; the system decides.
		return null;
	}
}

export function storeTheme(theme: Theme | null): void {
	try {
		if (theme) localStorage.setItem(KEY, theme);
		else localStorage.removeItem(KEY);
	} catch {
		// See above.
	}
}

/** Null leaves the choice to the system. */
export function applyTheme(theme: Theme | null): void {
	if (theme) document.documentElement.dataset['theme'] = theme;
	else delete document.documentElement.dataset['theme'];
}
