// XML from outside as a small tree. No document type, so no entities of its own and nothing fetched; depth, number and
// length of what it holds are limited. Whatever is refused says where.

import { SaxesParser } from 'saxes';
import { floodRules } from '#db/rules/flood.ts';
import type { XmlElement } from '#lib/domain/flood/cap.ts';
import { Fault } from '../errors.ts';

const { depth, elements, bytes } = floodRules.xml;

/** @throws Fault `bad-input` or `too-large` with line and column */
export function readXml(text: string): XmlElement {
	if (text.length > bytes.value) throw refused('too-large', 'XML 文件过大', 'The XML is too large', 0, 0);
	const parser = new SaxesParser({ xmlns: true });
	const root: XmlElement = { uri: '', name: '', children: [], text: '' };
	const path: XmlElement[] = [root];
	let count = 0;
	let fault: Fault | undefined;
	const stop = (problem: Fault): void => {
		fault ??= problem;
	};
	parser.on('doctype', () =>
		stop(refused('bad-input', '不接受带 DOCTYPE 的 XML', 'XML with a DOCTYPE is refused', parser.line, parser.column)),
	);
	parser.on('opentag', ({ local, uri }) => {
		count += 1;
		if (count > elements.value || path.length > depth.value)
			return stop(
				refused('too-large', 'XML 层次或元素过多', 'Too many or too deep elements', parser.line, parser.column),
			);
		const element: XmlElement = { uri, name: local, children: [], text: '' };
		path.at(-1)!.children.push(element);
		path.push(element);
	});
	const append = (part: string): void => {
		const element = path.at(-1)!;
		element.text += part;
	};
	parser.on('text', append);
	parser.on('cdata', append);
	parser.on('closetag', () => void path.pop());
	parser.on('error', ({ message }) =>
		stop(refused('bad-input', `XML 有误（${message}）`, `The XML is wrong (${message})`, parser.line, parser.column)),
	);
	// In pieces, so that a refusal stops the reading where it stands.
	for (let from = 0; from < text.length && !fault; from += PIECE) parser.write(text.slice(from, from + PIECE));
	if (!fault) parser.close();
	if (fault) throw fault;
	const [top] = root.children;
	if (!top) throw refused('bad-input', 'XML 为空', 'The XML is empty', 1, 0);
	return top;
}

const PIECE = 16_384;

function refused(code: 'bad-input' | 'too-large', chinese: string, english: string, line: number, column: number) {
	const where = line > 0 ? [`，第 ${line} 行第 ${column} 列`, `, line ${line}, column ${column}`] : ['', ''];
	return new Fault(code, 'CAP', `${chinese}${where[0]} · ${english}${where[1]}.`, { details: [{ line, column }] });
}
