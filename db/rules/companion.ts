// Which discipline judges which work, and how many from outside ride along.

import type { CompanionRules } from '../../src/lib/domain/planning/companions.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';

const own = <T>(value: T, unit: string, source: string): Rule<T> => ({ value, unit, source, confidence: 'assumed' });

/** The order of works follows 建办质〔2018〕31号 附件一; who may judge which is the bureau's own practice. */
const BY = '专业对口：参照建办质〔2018〕31号对专项方案论证专家的专业要求；学科名称以本区专家智库登记为准';

export const companionRules: CompanionRules = {
	disciplines: {
		deepPit: own(['岩土工程', '土建'], '', BY),
		lifting: own(['起重机械', '机电', '检测'], '', BY),
		formwork: own(['结构工程', '土建', '钢结构'], '', BY),
		scaffold: own(['安全', '土建'], '', BY),
	},
	tested: own(['deepPit', 'lifting', 'scaffold'], '', '政府购买第三方服务的三类：深基坑、起重机械、爬架'),
	mostPerTeam: {
		expert: own(2, '', 'own default: two officers, two experts and an agency’s tester fill a car of five'),
		agency: own(1, '', 'own default'),
	},
	teamsEach: {
		expert: own(1, '', 'a person is in one place'),
		agency: own(2, '', 'own default: crews an agency can send on one day'),
	},
	perLoad: own(0.1, '', 'own default: ten visits of load weigh as much as one need served'),
};

/** Roles of firms that send testers, as the register names them. */
export const AGENCY_ROLE = 'testingAgency';
