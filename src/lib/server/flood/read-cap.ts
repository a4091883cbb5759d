// A CAP document (alone, in Atom, in EDXL) as signal messages, and what was wrong with those that are none.

import { floodRules } from '#db/rules/flood.ts';
import { alertsIn, readCapAlert, whatIsThere } from '#lib/domain/flood/cap.ts';
import type { Expected } from '#lib/domain/flood/cap-area.ts';
import type { SignalMessage } from '#lib/domain/flood/signal.ts';
import { Fault } from '../errors.ts';
import { readXml } from './read-xml.ts';

export interface ReadMessages {
	messages: SignalMessage[];
	/** Messages that could not be read, each with its place and reason. */
	refused: { index: number; sentence: string }[];
	/** Of a list of the whole country: how many are about other places. */
	elsewhere?: number;
}

/** @throws Fault `bad-input` when there is no alert of CAP 1.1 or 1.2 in it at all */
export function readCap(text: string, expected: Expected): ReadMessages {
	const root = readXml(text.replace(/^\ufeff/, ''));
	const alerts = alertsIn(root);
	if (alerts.length === 0) {
		const there = whatIsThere(root).slice(0, 120);
		throw new Fault(
			'bad-input',
			'CAP',
			`没有 CAP 1.1 或 1.2 的 alert，文件中是 ${there} · There is no alert of CAP 1.1 or 1.2; the file holds ${there}.`,
		);
	}
	const read: ReadMessages = { messages: [], refused: [] };
	alerts.forEach((alert, index) => {
		const result = readCapAlert(alert, expected, floodRules.severityColours);
		if (result.ok) return void read.messages.push(result.message);
		const { fault, element, detail } = result;
		const said = detail ? `“${detail.slice(0, 60)}”` : '';
		const sentence =
			fault === 'missing'
				? `第 ${index + 1} 条缺少 ${element} · Alert ${index + 1} lacks ${element}.`
				: `第 ${index + 1} 条的 ${element} 不合规 ${said} · ${element} of alert ${index + 1} may not be ${said}.`;
		read.refused.push({ index, sentence });
	});
	return read;
}
