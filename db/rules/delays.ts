// How long something lasts before it is told, and how far it must go back before it is over.

import type { Rule } from '../../src/lib/domain/rule.ts';

export const DELAYS = 'deadband and delay after the manner of ANSI/ISA-18.2, fitted to the machine';
export const seconds = (value: number): Rule => ({ value, unit: 's', source: DELAYS, confidence: 'assumed' });
