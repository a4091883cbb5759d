// How long something lasts before it is told, and how far it must go back before it is over.

import { assumed } from './provenance.ts';

export const DELAYS = 'deadband and delay after the manner of ANSI/ISA-18.2, fitted to the machine';
export const seconds = (value: number) => assumed(value, 's', DELAYS);
