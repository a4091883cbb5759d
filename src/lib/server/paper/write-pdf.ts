// A paper as a PDF with its Chinese type inside, so that it looks the same on every machine and on paper.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { programFolder } from '../program-folder.ts';
import { sfntOf } from './sfnt.ts';
import type { Block, Paper } from './paper.ts';

const MARGIN = 56;
const ROW_PAD = 4;
const INK = '#111111';
const LINE = '#9aa3ad';

export function writePdf(paper: Paper): Promise<Uint8Array> {
	const face = (weight: number) =>
		sfntOf(readFileSync(join(programFolder(), `static/fonts/noto-sans-sc-${weight}.woff`)));
	const text = face(400);
	const page = new PDFDocument({
		size: 'A4',
		margins: { top: MARGIN, bottom: MARGIN + 20, left: MARGIN, right: MARGIN },
		bufferPages: true,
		info: { Title: paper.title },
		font: text as unknown as string,
	});
	page.registerFont('text', text);
	page.registerFont('bold', face(700));
	const pieces: Buffer[] = [];
	page.on('data', (piece: Buffer) => pieces.push(piece));
	const finished = new Promise<Uint8Array>((resolve, reject) => {
		page.on('end', () => resolve(new Uint8Array(Buffer.concat(pieces))));
		page.on('error', reject);
	});

	page.fillColor(INK);
	page.font('bold').fontSize(20).text(paper.title, { align: 'center' });
	page.moveDown(0.4).font('text').fontSize(10.5).text(paper.line, { align: 'center' });
	page.moveDown(1);
	for (const block of paper.blocks) write(page, block);
	number(page, paper.foot);
	page.end();
	return finished;
}

type Page = InstanceType<typeof PDFDocument>;

function write(page: Page, block: Block): void {
	const width = page.page.width - 2 * MARGIN;
	if (block.kind === 'heading') {
		if (page.y > bottomOf(page) - 80) page.addPage();
		page.moveDown(0.6).font('bold').fontSize(13).text(block.text, MARGIN, page.y, { width });
		page.moveDown(0.3);
	} else if (block.kind === 'text') {
		page.font('text').fontSize(10.5).text(block.text, MARGIN, page.y, { width, lineGap: 3 });
		page.moveDown(0.3);
	} else table(page, block, width);
}

function table(page: Page, { head, rows, widths }: Extract<Block, { kind: 'table' }>, width: number): void {
	if (rows.length === 0) {
		page.font('text').fontSize(10.5).text('无。', MARGIN, page.y, { width });
		return;
	}
	const columns = widths.map((share) => (share / 100) * width);
	const draw = (cells: readonly string[], face: 'text' | 'bold') => {
		page.font(face).fontSize(9);
		const height =
			Math.max(...cells.map((text, i) => page.heightOfString(text || ' ', { width: columns[i]! - 2 * ROW_PAD }))) +
			2 * ROW_PAD;
		if (page.y + height > bottomOf(page)) {
			page.addPage();
			if (face === 'text') draw(head, 'bold');
			page.font(face).fontSize(9);
		}
		const top = page.y;
		let x = MARGIN;
		cells.forEach((text, i) => {
			page.text(text, x + ROW_PAD, top + ROW_PAD, { width: columns[i]! - 2 * ROW_PAD });
			page.lineWidth(0.5).strokeColor(LINE).rect(x, top, columns[i]!, height).stroke();
			x += columns[i]!;
		});
		page.x = MARGIN;
		page.y = top + height;
	};
	draw(head, 'bold');
	for (const row of rows) draw(row, 'text');
	page.moveDown(0.6);
}

function bottomOf(page: Page): number {
	return page.page.height - MARGIN - 24;
}

function number(page: Page, foot: string): void {
	const { start, count } = page.bufferedPageRange();
	for (let i = start; i < start + count; i++) {
		page.switchToPage(i);
		// Below the margin the writer would turn the page by itself.
		page.page.margins.bottom = 0;
		page
			.font('text')
			.fontSize(8)
			.text(`${foot} · 第 ${i + 1} / ${count} 页`, MARGIN, page.page.height - MARGIN + 4, {
				width: page.page.width - 2 * MARGIN,
				align: 'center',
				lineBreak: false,
			});
	}
}
