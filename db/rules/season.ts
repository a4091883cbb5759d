// The year as a bureau plans it: holidays, exams, meetings, and what the quarters ask to look at. Days of the lunar
// calendar stand as a table; a year that is not in it has to be entered by hand.

export interface SeasonDate {
	name: string;
	kind: 'holiday' | 'exam' | 'event' | 'resumption';
	/** `MM-DD` */
	from: string;
	to: string;
	source: string;
}

const HOLIDAYS = '国务院办公厅节假日安排；具体放假日期每年另行公布，此处为法定日前后';
const EXAMS = '普通高考、高中招生考试通常日期，以当年教育部门公布为准';
const QUARTERS = '通州区 2023 年分季度检查重点';

const FIXED: readonly SeasonDate[] = [
	{ name: '元旦', kind: 'holiday', from: '01-01', to: '01-03', source: HOLIDAYS },
	{ name: '全国两会', kind: 'event', from: '03-03', to: '03-13', source: QUARTERS },
	{ name: '清明节', kind: 'holiday', from: '04-04', to: '04-06', source: HOLIDAYS },
	{ name: '劳动节', kind: 'holiday', from: '05-01', to: '05-05', source: HOLIDAYS },
	{ name: '高考', kind: 'exam', from: '06-07', to: '06-10', source: EXAMS },
	{ name: '中考', kind: 'exam', from: '06-20', to: '06-22', source: EXAMS },
	{ name: '国庆节', kind: 'holiday', from: '10-01', to: '10-07', source: HOLIDAYS },
];

const LUNAR: Readonly<Record<number, readonly SeasonDate[]>> = {
	2026: lunar('02-15', '02-23', '06-19', '06-21', '09-25', '09-27'),
	2027: lunar('02-05', '02-11', '06-09', '06-11', '09-15', '09-17'),
	2028: lunar('01-25', '01-31', '05-28', '05-30', '10-03', '10-05'),
};

/** Last year whose days by the lunar calendar stand here; of later ones the bureau enters them when they are announced. */
export const holidaysKnownUntil = Math.max(...Object.keys(LUNAR).map(Number));

function lunar(
	springFrom: string,
	springTo: string,
	dragonFrom: string,
	dragonTo: string,
	moonFrom: string,
	moonTo: string,
) {
	return [
		{ name: '春节', kind: 'holiday', from: springFrom, to: springTo, source: HOLIDAYS },
		{ name: '端午节', kind: 'holiday', from: dragonFrom, to: dragonTo, source: HOLIDAYS },
		{ name: '中秋节', kind: 'holiday', from: moonFrom, to: moonTo, source: HOLIDAYS },
	] satisfies SeasonDate[];
}

/** Holidays, exams and meetings of a year, by day. */
export function seasonDates(year: number): SeasonDate[] {
	return [...FIXED, ...(LUNAR[year] ?? [])].sort((a, b) => (a.from < b.from ? -1 : 1));
}
