// CAP 1.1 and 1.2 messages out of a parsed tree: what they say, or in which element they are wrong. XML is read by
// server/flood/read-xml; a message may stand alone, in an Atom feed or in an EDXL envelope.

import { readCapAreas, type CapArea, type Expected } from './cap-area.ts';
import type { SignalMessage, SignalProblem } from './signal.ts';
import { signalColourOf, signalKindOf, type SignalColour } from './signal-kind.ts';

/** An element: namespace, local name, children, and the text directly inside it. */
export interface XmlElement {
	uri: string;
	name: string;
	children: XmlElement[];
	text: string;
}

const NAMESPACES = /^urn:oasis:names:tc:emergency:cap:1\.[12]$/;

export type CapFault =
	/** No `alert` of CAP 1.1 or 1.2 in it; `detail` names what is there. */
	| 'no-alert'
	/** A required element is missing or empty. */
	| 'missing'
	/** An element holds what it may not hold. */
	| 'bad-value';

export type CapResult =
	{ ok: true; message: SignalMessage } | { ok: false; fault: CapFault; element: string; detail: string };

/** All alerts anywhere in a document, in its order. An index of links holds none. */
export function alertsIn(root: XmlElement): XmlElement[] {
	if (root.name === 'alert' && NAMESPACES.test(root.uri)) return [root];
	return root.children.flatMap(alertsIn);
}

/** Why a document without alerts has none, for people. */
export function whatIsThere(root: XmlElement): string {
	const strange = elementsNamed(root, 'alert')[0];
	if (strange) return `alert xmlns="${strange.uri}"`;
	if (root.name === 'feed') return 'feed (an index without alerts in it)';
	return `${root.name} xmlns="${root.uri}"`;
}

/** The severities of CAP as colours, where no colour is named; given by db/rules. */
export type SeverityColours = Readonly<Record<string, SignalColour | undefined>>;

export function readCapAlert(alert: XmlElement, expected: Expected, severities: SeverityColours): CapResult {
	const [identifier, sender, sent, status, msgType, scope] = REQUIRED.map((name) => textOf(alert, name));
	const empty = REQUIRED.find((name) => textOf(alert, name) === '');
	if (empty) return wrong('missing', empty, '');
	const sentAt = momentOf(sent!);
	if (!sentAt) return wrong('bad-value', 'sent', sent!);
	if (!['Actual', 'Exercise', 'System', 'Test', 'Draft'].includes(status!))
		return wrong('bad-value', 'status', status!);
	if (!['Alert', 'Update', 'Cancel', 'Ack', 'Error'].includes(msgType!)) return wrong('bad-value', 'msgType', msgType!);
	if (!['Public', 'Restricted', 'Private'].includes(scope!)) return wrong('bad-value', 'scope', scope!);
	if (msgType === 'Ack' || msgType === 'Error') return wrong('bad-value', 'msgType', `${msgType} warns of nothing`);

	const infos = elementsAt(alert, 'info');
	const info = infos.find((one) => /^zh/i.test(textOf(one, 'language'))) ?? infos[0];
	const isEnd = msgType === 'Cancel';
	if (!info && !isEnd) return wrong('missing', 'info', '');
	const event = info ? textOf(info, 'event') : '';
	if (info && event === '') return wrong('missing', 'info/event', '');
	const headline = info ? textOf(info, 'headline') : '';
	const expires = info ? textOf(info, 'expires') : '';
	const expiresAt = expires === '' ? null : momentOf(expires);
	if (expiresAt === undefined) return wrong('bad-value', 'info/expires', expires);

	const problems: SignalProblem[] = [];
	const areas = infos.flatMap((one) => elementsAt(one, 'area')).map(areaOf);
	const read = readCapAreas(areas, expected);
	if (!isEnd) problems.push(...read.problems);
	const { refs, bad } = referencesOf(textOf(alert, 'references'));
	if (bad.length > 0) problems.push({ code: 'bad-reference', detail: bad.join(' ') });
	const { colour, problem } = info ? colourOf(info, headline, event, severities) : { colour: null, problem: undefined };
	if (problem && !isEnd) problems.push(problem);

	return {
		ok: true,
		message: {
			source: `cap:${sender}`,
			externalId: identifier!,
			revision: sentAt.getTime(),
			act: isEnd || isOver(info) ? 'lift' : msgType === 'Update' ? 'change' : 'issue',
			refs,
			issuer: (info && textOf(info, 'senderName')) || sender!,
			kind: signalKindOf(`${event} ${headline}`),
			colour,
			event: event || '—',
			headline,
			body: info ? textOf(info, 'description') : '',
			instruction: info ? textOf(info, 'instruction') : '',
			sentAt,
			expiresAt,
			isExercise: status !== 'Actual',
			area: read.area,
			problems,
		},
	};
}

const REQUIRED = ['identifier', 'sender', 'sent', 'status', 'msgType', 'scope'] as const;

/** An Update whose response is AllClear ends the signal; so do services that say “解除” in the headline. */
function isOver(info: XmlElement | undefined): boolean {
	if (!info) return false;
	return (
		elementsAt(info, 'responseType').some(({ text }) => text.trim() === 'AllClear') ||
		/解除|撤销/.test(textOf(info, 'headline'))
	);
}

function colourOf(
	info: XmlElement,
	headline: string,
	event: string,
	severities: SeverityColours,
): { colour: SignalColour | null; problem?: SignalProblem } {
	const parameters = [...elementsAt(info, 'parameter'), ...elementsAt(info, 'eventCode')];
	const named = parameters
		.filter((one) => /colou?r|awareness_level|颜色|等级|level/i.test(textOf(one, 'valueName')))
		.map((one) => signalColourOf(textOf(one, 'value')))
		.find((found) => found !== undefined);
	const severity = textOf(info, 'severity');
	const colour = named ?? signalColourOf(severity) ?? signalColourOf(headline) ?? signalColourOf(event);
	if (colour) return { colour };
	const guessed = severities[severity];
	if (guessed) return { colour: guessed, problem: { code: 'colour-from-severity', detail: severity } };
	return { colour: null, problem: { code: 'no-colour', detail: severity } };
}

/** `sender,identifier,sent` triples, divided by spaces; an identifier may itself hold commas. */
function referencesOf(text: string): { refs: string[]; bad: string[] } {
	const refs: string[] = [];
	const bad: string[] = [];
	for (const triple of text.split(/\s+/).filter(Boolean)) {
		const parts = triple.split(',');
		if (parts.length < 3) bad.push(triple);
		else refs.push(parts.slice(1, -1).join(','));
	}
	return { refs, bad };
}

function areaOf(area: XmlElement): CapArea {
	const texts = (name: string) => elementsAt(area, name).map(({ text }) => text.trim());
	return {
		areaDesc: textOf(area, 'areaDesc'),
		polygons: texts('polygon').filter(Boolean),
		circles: texts('circle').filter(Boolean),
		geocodes: elementsAt(area, 'geocode').map((one) => ({
			name: textOf(one, 'valueName'),
			value: textOf(one, 'value'),
		})),
	};
}

/** A moment with its zone; CAP demands one, and without it a warning could be hours off. */
function momentOf(text: string): Date | undefined {
	if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)$/.test(text)) return undefined;
	const moment = new Date(text);
	return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** Children of an element's own namespace by local name. */
function elementsAt(parent: XmlElement, name: string): XmlElement[] {
	return parent.children.filter((child) => child.name === name && child.uri === parent.uri);
}

function textOf(parent: XmlElement, name: string): string {
	return elementsAt(parent, name)[0]?.text.trim() ?? '';
}

function elementsNamed(root: XmlElement, name: string): XmlElement[] {
	return root.name === name ? [root] : root.children.flatMap((child) => elementsNamed(child, name));
}

function wrong(fault: CapFault, element: string, detail: string): CapResult {
	return { ok: false, fault, element, detail };
}
