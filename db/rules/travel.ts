// How far and how long a drive is where no road router is asked. A bureau replaces both once its own drives are known.

import type { Rule } from '../../src/lib/domain/rule.ts';

const OWN = 'own assumption for a town and its surroundings, until the ratio of the bureau’s own drives is known';

export const travelRules = {
	/** Road length over great circle. */
	detour: { value: 1.35, unit: '', source: OWN, confidence: 'assumed' } as Rule,
	/** Mean speed by day, parking included. */
	speedKmh: { value: 32, unit: 'km/h', source: OWN, confidence: 'assumed' } as Rule,
};
