// A level with the value it begins at, and how many readings have to agree.

import type { Limit } from '../../src/lib/domain/alarm/condition.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';
import { assumed } from './provenance.ts';

const once = assumed(1, '', 'every reading counts');

export const at = (level: Limit['level'], from: Rule, confirmations = once): Limit => ({ level, from, confirmations });
