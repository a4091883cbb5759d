// On a phone what was chosen in a list opens below the list: who chose it is taken there. On a desk it lies beside it.

import { tick } from 'svelte';

/** @param opened - asked for after the page has drawn the choice */
export async function takeIntoView(opened: () => HTMLElement | undefined): Promise<void> {
	await tick();
	const element = opened();
	if (element && element.getBoundingClientRect().top > innerHeight / 2) element.scrollIntoView({ block: 'start' });
}
