// Which ground the page stands on: `data-theme` of the document, else what the system prefers.

import { createSubscriber } from 'svelte/reactivity';
import type { Ground } from '../ui/palette.ts';

const DARK_PREFERRED = '(prefers-color-scheme: dark)';

/** Reactive where it is read inside an effect or a derived value. */
export class PageGround {
	#subscribe = createSubscriber((update) => {
		const observer = new MutationObserver(update);
		observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
		const preferred = matchMedia(DARK_PREFERRED);
		preferred.addEventListener('change', update);
		return () => {
			observer.disconnect();
			preferred.removeEventListener('change', update);
		};
	});

	get current(): Ground {
		this.#subscribe();
		const theme = document.documentElement.dataset['theme'];
		if (theme) return theme === 'dark' ? 'dark' : 'light';
		return matchMedia(DARK_PREFERRED).matches ? 'dark' : 'light';
	}
}

export function inkOf(variable: string): string {
	return getComputedStyle(document.documentElement).getPropertyValue(variable);
}
