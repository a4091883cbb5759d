// The address of a wall: read once, never written. A screen that runs for months keeps no history.

import type { Address } from '../selection.svelte.ts';

export function wallAddress(): Address {
	return {
		read: () => new URLSearchParams(location.search),
		write: () => {},
		onback: () => () => {},
	};
}
