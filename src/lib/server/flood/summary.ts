// The after-event summary as sections of text and tables: one content, written as DOCX and as PDF. In Chinese, as the
// bureau files it.

import type { Block, Paper } from '../paper/paper.ts';
import type { FloodBook } from './read-book.ts';

const COLOUR: Record<string, string> = { blue: '蓝色', yellow: '黄色', orange: '橙色', red: '红色' };
const LEVEL: Record<string, string> = { IV: 'Ⅳ级', III: 'Ⅲ级', II: 'Ⅱ级', I: 'Ⅰ级' };
const KIND: Record<string, string> = {
	responseBegun: '启动应急响应',
	responseEnded: '终止应急响应',
	ordered: '下达防汛措施',
	orderEnded: '措施解除',
	awaitsResume: '触发条件结束，待复工验收',
	answered: '工地回执',
	moved: '停工后塔机动作',
	resumeAsked: '申请复工',
	cleared: '同意复工',
	refused: '退回复工申请',
	eventClosed: '汛情结束',
	playedFast: '演示按快进播放，停机时限缩短',
};
const RECEIPT: Record<string, string> = { seen: '已收到', stopped: '已停工', checked: '已巡查' };
/** Rows of a list in the summary; the whole of it stands in the event book. */
const MOST = 40;

export function summaryOf(book: FloodBook, bureau: string, at: Date): Paper {
	const { event, review } = book;
	const share = review.sites > 0 ? Math.round((review.answeredInTime / review.sites) * 100) : 0;
	const blocks: Block[] = [
		{ kind: 'heading', text: '一、基本情况' },
		{
			kind: 'text',
			text:
				`本次汛情自 ${time(event.beganAt)} 开始，${event.endedAt ? `至 ${time(event.endedAt)} 结束` : '目前尚未结束'}。` +
				`期间涉及工地 ${review.sites} 个；按时回执 ${review.answeredInTime} 个（${share}%），超时 ${review.late.length} 个，未回执 ${review.missed.length} 个；` +
				`首次回执用时中位数 ${review.medianMinutes === null ? '无数据' : `${Math.round(review.medianMinutes)} 分钟`}。`,
		},
		{ kind: 'heading', text: '二、预警与响应' },
		{
			kind: 'table',
			head: ['类别', '内容', '发布单位', '开始', '结束'],
			widths: [12, 38, 20, 15, 15],
			rows: [
				...book.signals.map((one) => [
					'预警信号',
					`${one.headline}${one.colour && !one.headline.includes(COLOUR[one.colour]!) ? `（${COLOUR[one.colour]}）` : ''}`,
					one.issuer,
					time(one.issuedAt),
					one.liftedAt ? time(one.liftedAt) : '未解除',
				]),
				...book.responses.map((one) => [
					'应急响应',
					`防汛 ${LEVEL[one.level]} 应急响应`,
					one.issuer,
					time(one.beganAt),
					one.endedAt ? time(one.endedAt) : '未终止',
				]),
			],
		},
		{ kind: 'heading', text: '三、雨情（各雨量站最大值，毫米）' },
		{
			kind: 'table',
			head: ['雨量站', '1 小时', '3 小时', '24 小时'],
			widths: [40, 20, 20, 20],
			rows: book.rain.slice(0, 12).map((one) => [one.name, mm(one.h1), mm(one.h3), mm(one.h24)]),
		},
		{ kind: 'heading', text: '四、迟缓、遗漏与不必要的措施' },
		...listed(
			`（一）回执超时（${review.late.length} 个）`,
			['工地', '超时'],
			review.late.map((one) => [one.siteName, `${one.minutes} 分钟`]),
		),
		...listed(
			`（二）未回执（${review.missed.length} 个）`,
			['工地'],
			review.missed.map((one) => [one.siteName]),
		),
		...listed(
			`（三）漏检（${review.missedChecks.length} 个）`,
			['工地', '漏检次数'],
			review.missedChecks.map((one) => [one.siteName, String(one.count)]),
		),
		...listed(
			`（四）停工令后塔机仍有动作（${review.moved.length} 个）`,
			['工地'],
			review.moved.map((one) => [one.siteName]),
		),
		...listed(
			`（五）停工而降雨不足大雨，可商榷（${review.needless.length} 个）`,
			['工地', '24 小时雨量'],
			review.needless.map((one) => [one.siteName, `${mm(one.rain24Mm)} 毫米`]),
		),
		{ kind: 'heading', text: '五、经验与改进' },
		{ kind: 'text', text: event.lessons.trim() || '（待填写）' },
		{ kind: 'heading', text: '六、过程时间线' },
		{
			kind: 'table',
			head: ['时间', '事项', '对象', '经办'],
			widths: [16, 34, 32, 18],
			rows: gathered(book.timeline),
		},
	];
	return {
		title: `${event.name}汛后总结`,
		line: `${bureau}住房和城乡建设局 · ${time(at.toISOString())} 生成`,
		blocks,
		foot: `事件编号 ${event.id} · 数据截至 ${time(at.toISOString())}（北京时间）`,
	};
}

function listed(title: string, head: string[], rows: string[][]): Block[] {
	if (rows.length === 0) return [{ kind: 'text', text: `${title}：无。` }];
	const shown = rows.slice(0, MOST);
	const rest: Block[] = rows.length > MOST ? [{ kind: 'text', text: `其余 ${rows.length - MOST} 个见事件档案。` }] : [];
	const widths = head.length === 1 ? [100] : [70, 30];
	return [{ kind: 'text', text: title }, { kind: 'table', head, rows: shown, widths }, ...rest];
}

/** What happened to many sites in one minute is one row with their number. */
function gathered(timeline: FloodBook['timeline']): string[][] {
	const rows: { key: string; cells: string[]; sites: Set<string> }[] = [];
	for (const line of timeline) {
		const minute = time(line.at);
		const what = wordOf(line);
		const actor = line.actor.replace(/^site:/, '').replace(/^(person|system|token|link):.*$/, '$1');
		const key = `${minute}/${what}`;
		const last = rows.find((row) => row.key === key);
		if (last && line.siteName) last.sites.add(line.siteName);
		else if (!last)
			rows.push({
				key,
				cells: [minute, what, '', ACTOR[actor] ?? actor],
				sites: new Set(line.siteName ? [line.siteName] : []),
			});
	}
	return rows.map(({ cells, sites }) => {
		const [first] = sites;
		const object = sites.size > 1 ? `${first} 等 ${sites.size} 个工地` : (first ?? '全区');
		return [cells[0]!, cells[1]!, object, sites.size > 1 ? '—' : cells[3]!];
	});
}

const ACTOR: Record<string, string> = {
	person: '值班人员',
	system: '系统',
	rain: '系统',
	clock: '系统',
	token: '接口',
	'demo-storm': '演示',
};

function wordOf({ kind, facts }: FloodBook['timeline'][number]): string {
	if (kind === 'answered') return `工地回执：${RECEIPT[String(facts['kind'])] ?? ''}`;
	if (kind === 'responseBegun' || kind === 'responseEnded')
		return `${KIND[kind]}（${LEVEL[String(facts['level'])] ?? ''}）`;
	return KIND[kind] ?? kind;
}

/** `07-10 08:30`, Beijing time. */
function time(iso: string): string {
	const shanghai = new Date(Date.parse(iso) + 8 * 3_600_000).toISOString();
	return `${shanghai.slice(5, 10)} ${shanghai.slice(11, 16)}`;
}

const mm = (value: number | null) => (value === null ? '无数据' : value.toFixed(1));
