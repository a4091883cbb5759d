// A paper as a DOCX that Word and WPS open, in the type of official papers.

import {
	AlignmentType,
	Document,
	Footer,
	HeadingLevel,
	Packer,
	PageNumber,
	Paragraph,
	Table,
	TableCell,
	TableRow,
	TextRun,
	WidthType,
} from 'docx';
import type { Block, Paper } from './paper.ts';

const FACE = { ascii: 'Times New Roman', eastAsia: '仿宋', hAnsi: 'Times New Roman' };
const TITLE = { ...FACE, eastAsia: '黑体' };

export async function writeDocx(paper: Paper): Promise<Uint8Array> {
	const file = new Document({
		title: paper.title,
		styles: { default: { document: { run: { font: FACE, size: 24 } } } },
		sections: [
			{
				footers: {
					default: new Footer({
						children: [
							new Paragraph({
								alignment: AlignmentType.CENTER,
								children: [
									new TextRun({ text: `${paper.foot} · 第 `, size: 18 }),
									new TextRun({ children: [PageNumber.CURRENT], size: 18 }),
									new TextRun({ text: ' 页', size: 18 }),
								],
							}),
						],
					}),
				},
				children: [
					new Paragraph({
						alignment: AlignmentType.CENTER,
						heading: HeadingLevel.TITLE,
						children: [new TextRun({ text: paper.title, font: TITLE, size: 40, bold: true, color: '000000' })],
					}),
					new Paragraph({
						alignment: AlignmentType.CENTER,
						spacing: { after: 240 },
						children: [new TextRun({ text: paper.line, size: 22 })],
					}),
					...paper.blocks.flatMap(written),
				],
			},
		],
	});
	return new Uint8Array(await Packer.toBuffer(file));
}

function written(block: Block): (Paragraph | Table)[] {
	if (block.kind === 'heading')
		return [
			new Paragraph({
				heading: HeadingLevel.HEADING_1,
				spacing: { before: 280, after: 120 },
				children: [new TextRun({ text: block.text, font: TITLE, size: 28, color: '000000' })],
			}),
		];
	if (block.kind === 'text')
		return block.text
			.split('\n')
			.map(
				(text) => new Paragraph({ indent: { firstLine: 480 }, spacing: { line: 400 }, children: [new TextRun(text)] }),
			);
	if (block.rows.length === 0) return [new Paragraph({ children: [new TextRun('无。')] })];
	const cell = (text: string, width: number, bold: boolean) =>
		new TableCell({
			width: { size: width, type: WidthType.PERCENTAGE },
			margins: { top: 40, bottom: 40, left: 80, right: 80 },
			children: [new Paragraph({ children: [new TextRun({ text, size: 21, bold })] })],
		});
	return [
		new Table({
			width: { size: 100, type: WidthType.PERCENTAGE },
			rows: [
				new TableRow({
					tableHeader: true,
					children: block.head.map((text, i) => cell(text, block.widths[i]!, true)),
				}),
				...block.rows.map(
					(row) =>
						new TableRow({ cantSplit: true, children: row.map((text, i) => cell(text, block.widths[i]!, false)) }),
				),
			],
		}),
		new Paragraph({ children: [] }),
	];
}
