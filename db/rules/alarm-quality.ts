// What a good alarm system looks like in numbers.

import type { QualityRules } from '../../src/lib/domain/alarm/quality.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';

const ISA = 'ANSI/ISA-18.2-2016, IEC 62682, table of annunciated alarms per operator';
const EEMUA = 'EEMUA 191, average and flood rates';
const rule = (value: number, unit: string, source: string, confidence: Rule['confidence']): Rule => ({
	...{ value, unit, source, confidence },
});

export const qualityRules: QualityRules = {
	perDay: { target: rule(150, '1/d', ISA, 'verified'), limit: rule(300, '1/d', ISA, 'verified') },
	perTenMin: { target: rule(1, '', ISA, 'verified'), limit: rule(2, '', ISA, 'verified') },
	floodBegins: rule(10, '', EEMUA, 'reported'),
	floodEnds: rule(5, '', EEMUA, 'reported'),
	floodShare: rule(1, '%', ISA, 'reported'),
	chatter: rule(3, '1/min', ISA, 'verified'),
	staleAfter: rule(24, 'h', ISA, 'verified'),
	staleMost: rule(5, '', ISA, 'verified'),
	topTenShare: rule(5, '%', ISA, 'reported'),
	mix: {
		notice: rule(80, '%', ISA, 'verified'),
		warning: rule(15, '%', ISA, 'verified'),
		danger: rule(5, '%', ISA, 'verified'),
	},
};
