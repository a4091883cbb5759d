import { describe, expect, test } from 'vitest';
import { writeDocx } from '../paper/write-docx.ts';
import { writePdf } from '../paper/write-pdf.ts';
import type { FloodBook } from './read-book.ts';
import { summaryOf } from './summary.ts';

const sites = Array.from({ length: 60 }, (_, i) => `演示工地${i + 1}号`);
const book: FloodBook = {
	event: {
		id: '6f1c1a5e-0000-4000-8000-000000000001',
		name: '2026-07-10 汛情',
		beganAt: '2026-07-10T00:00:00Z',
		endedAt: '2026-07-10T12:00:00Z',
		lessons: '泵车应提前就位；夜间联系人要核对。',
	},
	signals: [
		{
			headline: '萧山区气象台发布暴雨橙色预警信号',
			colour: 'orange',
			issuedAt: '2026-07-10T00:00:00Z',
			liftedAt: null,
			issuer: '萧山区气象台',
		},
	],
	responses: [{ level: 'III', issuer: '区防指', beganAt: '2026-07-10T02:00:00Z', endedAt: '2026-07-10T11:00:00Z' }],
	rain: [
		{ name: '北干雨量站', h1: 42.5, h3: 88, h24: 156.4 },
		{ name: '义桥雨量站', h1: null, h3: null, h24: null },
	],
	timeline: sites.map((siteName, i) => ({
		at: '2026-07-10T00:05:00Z',
		kind: 'ordered',
		siteId: String(i),
		siteName,
		actor: 'system',
		facts: {},
	})),
	review: {
		sites: 540,
		answeredInTime: 500,
		late: sites.map((siteName, i) => ({ siteId: String(i), siteName, minutes: i + 1 })),
		missed: [{ siteId: 'x', siteName: '城厢安置房' }],
		missedChecks: [],
		moved: [{ siteId: 'y', siteName: '宁围商业综合体' }],
		needless: [],
		medianMinutes: 12,
	},
};
const summary = summaryOf(book, '萧山区', new Date('2026-07-11T00:00:00Z'));

describe('the after-event summary', () => {
	test('says the figures, in Beijing time, and unknown rain as unknown', () => {
		const text = JSON.stringify(summary);
		expect(text).toContain('按时回执 500 个（93%）');
		expect(text).toContain('07-10 08:00');
		expect(text).toContain('无数据');
		expect(text).toContain('演示工地1号 等 60 个工地');
	});
	test('is a DOCX file', async () => {
		const bytes = await writeDocx(summary);
		expect([bytes[0], bytes[1], bytes.length > 5000]).toEqual([0x50, 0x4b, true]);
	});
	test('is a PDF with its Chinese type inside', async () => {
		const bytes = await writePdf(summary);
		const text = Buffer.from(bytes).toString('latin1');
		expect(text.startsWith('%PDF-')).toBe(true);
		expect(text).toMatch(/\/FontFile[23]/);
		expect(text).toMatch(/NotoSansSC/);
	});
});
