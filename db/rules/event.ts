// The event log: how far back any past minute can be rebuilt.

import type { Rule } from '../../src/lib/domain/rule.ts';

const keepDays: Rule = {
	value: 400,
	unit: 'd',
	source: 'a year can be compared with the one before; logs are kept six months at least (GB/T 22239-2019)',
	confidence: 'assumed',
};

export const eventRules = { keepDays };
