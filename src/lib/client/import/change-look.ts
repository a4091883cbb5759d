// How an added, a changed and a closed row look. Paths are centred on the origin, about 12 wide.

import type { RowChange } from '#lib/contract/import.ts';

export const CHANGE_LOOK: Record<RowChange, { path: string; fill: string; stroke: string }> = {
	added: { path: 'M0-5a5 5 0 1 1 0 10 5 5 0 0 1 0-10Z', fill: 'var(--accent)', stroke: 'var(--accent)' },
	changed: { path: 'M0-6 6 0 0 6-6 0Z', fill: 'none', stroke: 'var(--level-warning)' },
	closed: { path: 'M-4.5-4.5 4.5 4.5M4.5-4.5-4.5 4.5', fill: 'none', stroke: 'var(--text)' },
};
