// What the phone's pages share: the day with its queue, and the position.

import { createContext } from 'svelte';
import type { Field } from './field.svelte.ts';
import type { Position } from './position.svelte.ts';

export interface PhoneContext {
	field: Field;
	position: Position;
	/** Opens a screen; the phone's back key leads back. */
	open: (screen: string) => void;
}

export const [phoneContext, setPhoneContext] = createContext<PhoneContext>();
