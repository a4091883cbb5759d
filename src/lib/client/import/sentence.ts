// A sentence of the server in the reader's language.

import type { Sentence } from '#lib/contract/import.ts';
import { getLocale } from '../words/generated/runtime.js';

export const said = ({ zh, en }: Sentence): string => (getLocale() === 'en' ? en : zh);
