// Days as people write them: ISO, slashes and dots, 20250301, 2025年3月1日, 二〇二五年三月一日, Excel's serial number.

const DIGITS = '〇一二三四五六七八九';
const EXCEL_DAY_0 = Date.UTC(1899, 11, 30);
/** 1954 to 2119 as Excel's serial number of a day; anything else in figures is not meant as one. */
const EXCEL_DAYS = { from: 20_000, to: 80_000 };

/**
 * @param month - a year and month alone is taken as its first day
 * @returns `YYYY-MM-DD`, or undefined. `07/08/2013` is refused: nobody can say which is the month.
 */
export function parseDay(written: string | number, month = false): string | undefined {
	if (typeof written === 'number' && !/^\d{8}$/.test(String(written))) return fromExcel(written);
	const flat = arabic(String(written).normalize('NFKC').trim());
	if (/^\d{5}(\.\d+)?$/.test(flat)) return fromExcel(Number(flat));

	const whole =
		/^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(flat) ??
		/^(\d{4})(\d{2})(\d{2})$/.exec(flat) ??
		/^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?$/.exec(flat);
	if (whole) return dayOf(Number(whole[1]), Number(whole[2]), Number(whole[3]));
	if (!month) return undefined;
	const part = /^(\d{4})[-/.](\d{1,2})$/.exec(flat) ?? /^(\d{4})\s*年\s*(\d{1,2})\s*月份?$/.exec(flat);
	return part ? dayOf(Number(part[1]), Number(part[2]), 1) : undefined;
}

function fromExcel(serial: number): string | undefined {
	if (!(serial >= EXCEL_DAYS.from && serial <= EXCEL_DAYS.to)) return undefined;
	return new Date(EXCEL_DAY_0 + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10);
}

function dayOf(year: number, month: number, date: number): string | undefined {
	if (year < 1949 || year > 2100) return undefined;
	const moment = new Date(Date.UTC(year, month - 1, date));
	const isReal = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === date;
	return isReal ? moment.toISOString().slice(0, 10) : undefined;
}

/** 二〇二五年十二月三十一日 → 2025年12月31日 */
function arabic(written: string): string {
	if (!/[〇零一二三四五六七八九十]/.test(written)) return written;
	return written
		.replaceAll('零', '〇')
		.replace(/([一二三])?十([一二三四五六七八九])?/g, (_, tens?: string, ones?: string) =>
			String((tens ? DIGITS.indexOf(tens) : 1) * 10 + (ones ? DIGITS.indexOf(ones) : 0)),
		)
		.replace(/[〇一二三四五六七八九]/g, (digit) => String(DIGITS.indexOf(digit)));
}
