// What is wrong with the numbers somebody wants for a rule, for who reads the refusal of a door: in both languages, with the
// names the page of rules gives them (a test holds the two beside each other).

import type { ValueFault } from '#lib/domain/alarm/parameter.ts';

const LEVELS = { notice: ['注意', 'Notice'], warning: ['预警', 'Warning'], danger: ['报警', 'Danger'] } as const;
const NAMES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
	...{ from: ['限值', 'from'], until: ['解除值', 'until'], confirmations: ['连续次数', 'readings in a row'] },
	...{ deadband: ['回差', 'deadband'], onDelay: ['持续多久才报警', 'on-delay'] },
	...{ offDelay: ['恢复多久才消除', 'off-delay'], limit: ['测点控制值', 'limit of the point'] },
	isOn: ['是否启用', 'switched on'],
};

export function parameterNames(parameter: string): { zh: string; en: string } {
	const [name, level] = parameter.split('.');
	const words = NAMES[name!];
	if (!words) return { zh: parameter, en: parameter };
	if (level === undefined) return { zh: words[0], en: words[1] };
	const [zh, en] = LEVELS[level as keyof typeof LEVELS];
	return { zh: `${zh}${words[0]}`, en: `${en} ${words[1]}` };
}

export function faultsSentence(faults: readonly ValueFault[]): string {
	const said = faults.map(sentenceOf);
	return `${said.map(([zh]) => zh).join('；')} · ${said.map(([, en]) => en).join('; ')}`;
}

function sentenceOf(fault: ValueFault): [zh: string, en: string] {
	switch (fault.kind) {
		case 'nothing-changed':
			return ['没有修改任何数值', 'No value is changed'];
		case 'unknown-parameter':
			return [`规则没有参数“${fault.parameter}”`, `The rule has no “${fault.parameter}”`];
		case 'out-of-range': {
			const { zh, en } = parameterNames(fault.parameter);
			const { min, max } = fault;
			return [`“${zh}”须在 ${min} 至 ${max} 之间`, `“${en}” must be ${min} to ${max}`];
		}
		case 'not-whole': {
			const { zh, en } = parameterNames(fault.parameter);
			return [`“${zh}”须为整数`, `“${en}” must be a whole number`];
		}
		case 'order': {
			const [graver, lighter] = [parameterNames(fault.graver), parameterNames(fault.lighter)];
			return [`“${graver.zh}”须比“${lighter.zh}”更严重`, `“${graver.en}” must lie beyond “${lighter.en}”`];
		}
	}
}
