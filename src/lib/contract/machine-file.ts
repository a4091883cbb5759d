// The health file of a machine: GET /api/v1/machines/[id]/file. What it is and does now stands in its dossier.

import type { BothLanguages } from './alarm-card.ts';
import type { DueState } from '../domain/machine/due.ts';
import type { MachineDossier } from './dossier.ts';

export interface DueNote {
	state: DueState;
	daysLeft: number | null;
	/** Last done; for an assessment the last day it covers. */
	on: string | null;
	dueOn: string | null;
	/** Null where the rule names none. */
	source: BothLanguages | null;
}

/** A number of a rule that holds for the machine, and why. */
export interface LimitNote {
	ruleKey: string;
	condition: string;
	parameter: string;
	value: number;
	unit: string;
	source: BothLanguages;
	confidence: 'verified' | 'reported' | 'assumed' | 'local';
	why:
		| { kind: 'shipped' }
		| { kind: 'change'; scope: 'bureau' | 'site' | 'machine' | 'point'; reason: string; by: string }
		| { kind: 'signal'; signal: string; colour: string };
}

export interface MachineFile {
	machine: MachineDossier;
	siteName: string;
	test: DueNote;
	assessment: DueNote;
	limits: LimitNote[];
	/** Alarms of a year by condition. */
	alarms: { condition: string; notice: number; warning: number; danger: number }[];
	/** Where the machine stood, newest first. */
	places: { siteName: string; siteNo: string | null; installedOn: string; removedOn: string | null }[];
	/** Cranes whose jibs overlap, and what of GB 5144-2006 10.5 the installation breaks. */
	neighbours: { no: number; name: string; apartM: number; gapM: number; faults: ('tip' | 'gap')[] }[];
	/** The same in areas the reader may not see: how many, and how many of the cranes break the clause. */
	beyond: { places: number; neighbours: number; tooNear: number };
}
