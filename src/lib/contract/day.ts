// A day as it crosses a wire: one that the calendar has.

import * as v from 'valibot';
import { isDay } from '../domain/day.ts';

export const Day = v.pipe(v.string(), v.check(isDay, '应为 2026-11-20 形式的日期 · a day like 2026-11-20'));
