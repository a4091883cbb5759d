// Which limits hold for one device now, number by number, and why: as shipped, changed by whom, lowered by which signal.

import { sourceWords } from '#db/rules/source-words.ts';
import type { LimitNote } from '#lib/contract/machine-file.ts';
import { parametersOf } from '#lib/domain/alarm/parameter.ts';
import type { LiveDevice } from '../live/live-device.ts';
import { rulesFor, subjectOf } from '../live/watches.ts';
import type { RuleBook } from '../alarms/rule-book.ts';

/** Limits only; delays and deadbands stand on the rules page. */
export function limitsInForce({ kind, object }: LiveDevice, book: RuleBook): LimitNote[] {
	if (!object) return [];
	return rulesFor(kind, object).flatMap((shipped) => {
		const { rules, isOn, origins } = book.of(shipped, subjectOf(object));
		if (!isOn) return [];
		return parametersOf(rules).flatMap(({ parameter, shipped: rule }): LimitNote[] => {
			if (!rule || !parameter.startsWith('from.')) return [];
			const origin = origins.get(parameter);
			return [
				{
					ruleKey: rules.by.key,
					condition: rules.condition,
					parameter,
					value: rule.value,
					unit: rule.unit,
					source: sourceWords(rule.source),
					confidence: rule.confidence,
					why: !origin
						? { kind: 'shipped' }
						: origin.kind === 'signal'
							? { kind: 'signal', ...origin.signal }
							: {
									kind: 'change',
									scope: origin.change.scope.kind,
									reason: origin.change.reason,
									by: origin.change.by,
								},
				},
			];
		});
	});
}
