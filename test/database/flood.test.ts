// The flood season in the database: signals joined to sites, orders kept in step, answers, the gate, the ledger.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Person } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import type { Expected } from '#lib/domain/flood/cap-area.ts';
import type { ResumeItem } from '#lib/domain/flood/resume.ts';
import { validTimes } from '#lib/domain/flood/valid-time.ts';
import type { SignalMessage } from '#lib/domain/flood/signal.ts';
import { answerNotice } from '#lib/server/commands/answer-notice.ts';
import { closeFloodEvent } from '#lib/server/commands/close-flood-event.ts';
import { declareResponse, endResponseLevel } from '#lib/server/commands/direct-response.ts';
import { drawDuty, answerDuty } from '#lib/server/commands/draw-duty.ts';
import { editLadder } from '#lib/server/commands/edit-ladder.ts';
import { judgeExposures } from '#lib/server/commands/judge-exposures.ts';
import { noteMovement } from '#lib/server/commands/note-movement.ts';
import { orderMeasures } from '#lib/server/commands/order-measures.ts';
import { askResume, decideResume, requiredItems } from '#lib/server/commands/resume-work.ts';
import { takeGrid, takeReadings } from '#lib/server/commands/take-water.ts';
import { takeSignals } from '#lib/server/commands/take-signals.ts';
import { readBook } from '#lib/server/flood/read-book.ts';
import { readCap } from '#lib/server/flood/read-cap.ts';
import { measuredNow } from '#lib/server/flood/measured.ts';
import { linkHash } from '#lib/server/flood/site-link.ts';
import { readFloodNow } from '#lib/server/flood/read-now.ts';
import { fromLngLat } from '#lib/server/db/geo.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { dutyDraws } from '#lib/server/repositories/duty-draw.ts';
import { asOrder, noticeByLink } from '#lib/server/repositories/flood-notice.ts';
import { ladderOf } from '#lib/server/repositories/flood-ladder.ts';
import { signalsByTown, sitesUnderSignals } from '#lib/server/repositories/flood-signal.ts';
import { aRegister, square } from '../builders.ts';
import { onBoth } from './both.ts';

const DISTRICT = '330109';
const person = (role: 'dutyOfficer' | 'analyst'): Person => ({
	kind: 'person',
	id: randomUUID(),
	name: '沈岚',
	isDemo: false,
	grants: [{ role, area: DISTRICT, layers: ['public', 'supervision'] }],
});
const officer = person('dutyOfficer');
const analyst = person('analyst');
const at = (clock: string) => new Date(`2026-07-10T${clock}:00+08:00`);
const by = (clock: string, principal = officer) => ({ principal, address: null, now: at(clock) });
const expected: Expected = { bounds: [120, 29.9, 120.6, 30.4], district: DISTRICT, towns: new Map() };
const cap = (name: string): SignalMessage =>
	readCap(readFileSync(`test/files/cap/${name}.good.xml`, 'utf8'), expected).messages[0]!;
const photo = () => Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

onBoth('the flood season', (database) => {
	const db = (): Db => database().ingest;
	const siteId = async (name: string) =>
		(await db().selectFrom('site').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;
	const direct = (clock: string, wet: readonly string[] = []) =>
		orderMeasures(db(), DISTRICT, new Set(wet), 'test', at(clock));
	const open = async (name: string) => {
		const notice = await db()
			.selectFrom('flood_notice')
			.innerJoin('site', 'site.id', 'flood_notice.site_id')
			.selectAll('flood_notice')
			.where('site.name', '=', name)
			.executeTakeFirst();
		const measures = notice
			? await db()
					.selectFrom('site_measure')
					.select(['measure', 'is_over'])
					.where('notice_id', '=', notice.id)
					.where('ended_at', 'is', null)
					.execute()
			: [];
		return { notice, measures: measures.map(({ measure }) => measure), over: measures.filter((one) => one.is_over) };
	};

	beforeAll(async () => {
		await aRegister(db())
			.withTown('330109001', '城厢街道', [120.2, 30.15])
			.withTown('330109113', '瓜沥镇', [120.5, 30.2])
			.withSite({ name: '塔机工地', town: '330109001', at: [120.2, 30.15] })
			.withCrane({ site: '塔机工地', record: '浙A-T-1', device: 'TC-1' })
			.withSite({ name: '基坑工地', town: '330109001', at: [120.205, 30.152] })
			.withPit({ site: '基坑工地', name: '1# 坑', depthM: 12 })
			.withSite({ name: '瓜沥工地', town: '330109113', at: [120.5, 30.2] })
			.build();
		const surveyed = { source: '踏勘', changed_at: at('07:00'), changed_by: 'test', has_underground: false };
		await db()
			.insertInto('flood_site')
			.values({ site_id: await siteId('塔机工地'), ...surveyed })
			.execute();
	});

	describe('signals', () => {
		const states = async () =>
			(await db().selectFrom('weather_signal').select(['state', 'colour']).orderBy('issued_at').execute()).map(
				({ state, colour }) => `${state} ${colour ?? ''}`.trim(),
			);

		test('a lift that overtakes its issue leaves nothing that holds', async () => {
			await takeSignals(db(), by('08:00'), [cap('cancel')], 'push');
			expect(await states()).toEqual(['empty']);
			await takeSignals(db(), by('08:01'), [cap('issue')], 'push');
			expect(await states()).toEqual(['lifted yellow']);
			expect(await sitesUnderSignals(db())).toEqual([]);
			await db().deleteFrom('weather_signal_message').execute();
			await db().deleteFrom('weather_signal').execute();
		});

		test('the same message again changes nothing, a change in any order gives one signal', async () => {
			await takeSignals(db(), by('09:05'), [cap('update')], 'push');
			const taken = await takeSignals(db(), by('09:06'), [cap('issue'), cap('update'), cap('issue')], 'file');
			expect([taken.taken, taken.repeated]).toEqual([1, 2]);
			expect(await states()).toEqual(['active orange']);
		});

		test('holds for the sites inside its polygon and for no other', async () => {
			const under = await sitesUnderSignals(db());
			const names = await Promise.all([siteId('塔机工地'), siteId('基坑工地')]);
			expect(under.map(({ siteId: id }) => id).sort()).toEqual(names.sort());
			expect((await signalsByTown(db())).map(({ townCode }) => townCode)).toEqual(['330109001']);
		});

		test('a message that was over when it came, and an exercise, stop nobody', async () => {
			await takeSignals(db(), by('09:10'), [cap('expired'), cap('exercise')], 'push');
			expect((await sitesUnderSignals(db())).length).toBe(2);
		});

		test('a program without the right to feed is refused', async () => {
			const reader = { kind: 'token', id: 't', name: 'r', scope: 'read', areas: [DISTRICT] } as const;
			await expect(
				takeSignals(db(), { principal: reader, address: null, now: at('09:00') }, [], 'push'),
			).rejects.toThrow(/预警/);
		});
	});

	describe('orders', () => {
		test('each site gets what applies to it, with a link of its own', async () => {
			await direct('09:20');
			const [crane, pit, far] = [await open('塔机工地'), await open('基坑工地'), await open('瓜沥工地')];
			expect(crane.measures).toContain('stopLifting');
			expect(crane.measures).not.toContain('clearBelowGround');
			expect(pit.measures).toContain('clearBelowGround');
			expect(far.notice).toBeUndefined();
			expect(crane.notice!.link).not.toBe(pit.notice!.link);
		});

		test('ordering again changes nothing', async () => {
			expect(await direct('09:21')).toMatchObject({ ordered: 0, ended: 0, events: [] });
		});

		test('a site that has to stop reads by when', async () => {
			const { notice } = await open('塔机工地');
			expect((await noticeByLink(db(), linkHash(notice!.link!)))?.standBy).toEqual(at('09:35'));
		});

		test('a site answers by its link; the same answer sent twice is one receipt', async () => {
			const { notice } = await open('塔机工地');
			const answer = { id: randomUUID(), kind: 'stopped', byName: '周建国', note: '', answers: {} } as const;
			const send = () => answerNotice(db(), notice!.link!, answer, photo(), { address: null, now: at('09:30') });
			expect(await send()).toMatchObject({ ok: true, isRepeat: false });
			expect(await send()).toMatchObject({ ok: true, isRepeat: true, events: [] });
			expect((await open('塔机工地')).notice).toMatchObject({ seen_at: at('09:30'), stopped_at: at('09:30') });
		});

		test('an invented link opens nothing, a file that is no picture is refused', async () => {
			const answer = { id: randomUUID(), kind: 'seen', byName: '无', note: '', answers: {} } as const;
			const from = { address: null, now: at('09:31') };
			expect(await answerNotice(db(), 'guess', answer, null, from)).toEqual({ ok: false, reason: 'unknown-link' });
			const { notice } = await open('塔机工地');
			await expect(answerNotice(db(), notice!.link!, answer, new Uint8Array([1, 2, 3]), from)).rejects.toThrow(/JPEG/);
		});

		test('a crane that moves after the stop raises one alarm, which ends when the stop is confirmed again', async () => {
			const { notice } = await open('塔机工地');
			const moved = {
				noticeId: notice!.id,
				deviceId: 'TC-1',
				objectNo: null,
				movement: 'hook' as const,
				at: at('10:00'),
				described: { subjectName: '1# 塔吊', siteName: '塔机工地', at: null, townCode: '330109001' },
			};
			expect((await noteMovement(db(), moved)).map(({ type }) => type)).toEqual(['flood:movement', 'alarm:raised']);
			expect(await noteMovement(db(), moved)).toEqual([]);
			const now = await readFloodNow(db(), SYSTEM, DISTRICT, at('10:01'));
			expect(now.notices.find(({ step }) => step === 'moving')?.movedDevices).toEqual(['TC-1']);
			expect(now.completion).toMatchObject({ total: 2, acknowledged: 1, moving: 1, late: 1 });
			const again = { id: randomUUID(), kind: 'stopped', byName: '周建国', note: '', answers: {} } as const;
			const answered = await answerNotice(db(), notice!.link!, again, null, { address: null, now: at('10:05') });
			expect(answered.ok && answered.events.map(({ type }) => type)).toEqual(['flood:receipt', 'alarm:cleared']);
		});

		test('a lifted signal whose response level stays keeps what the level asks', async () => {
			const declared = await declareResponse(db(), by('11:00'), {
				issuer: '萧山区防汛指挥部',
				level: 'IV',
				areaCodes: [DISTRICT],
				note: '',
			});
			expect(declared.ok).toBe(true);
			await direct('11:01');
			await takeSignals(db(), by('12:00'), [cap('cancel')], 'push');
			await direct('12:01');
			const crane = await open('塔机工地');
			expect(crane.measures).toContain('checkEvery');
			expect(crane.notice!.check_every_s).toBe(6 * 3600);
			expect(crane.over.map(({ measure }) => measure)).toContain('stopLifting');
			expect((await open('瓜沥工地')).measures).toEqual(expect.arrayContaining(['dutyWatch', 'checkEvery']));
		});

		test('an event cannot be closed while the level holds', async () => {
			const { notice } = await open('塔机工地');
			expect(await closeFloodEvent(db(), by('12:02'), notice!.event_id, '')).toEqual({
				ok: false,
				reason: 'still-open',
			});
		});

		const decision = { reason: '', unasked: false };
		const required = async (link: string) => {
			const { notice, measures } = (await noticeByLink(db(), linkHash(link)))!;
			return requiredItems(db(), notice.site_id, measures.map(asOrder));
		};
		const ask = (link: string, clock: string, items: readonly ResumeItem[]) =>
			askResume(
				db(),
				link,
				{ byName: '李工', items: items.map((item) => ({ item, isGood: true, note: '' })) },
				new Map(items.map((item) => [item, photo()])),
				{ address: null, now: at(clock) },
			);
		const standOf = async (name: string, clock: string) => {
			const id = await siteId(name);
			return (await readFloodNow(db(), SYSTEM, DISTRICT, at(clock))).notices.find(({ siteId }) => siteId === id)!;
		};

		test('a crane goes on through the gate while patrols of a level that holds remain', async () => {
			const { notice } = await open('塔机工地');
			expect(await standOf('塔机工地', '12:02')).toMatchObject({ awaitsResume: true, mustStop: true });
			const items = await required(notice!.link!);
			expect(items).toEqual(expect.arrayContaining(['craneBase', 'craneTest', 'power']));
			expect(await ask(notice!.link!, '12:03', items)).toMatchObject({ ok: true });
			expect(await decideResume(db(), by('12:04'), notice!.id, { ...decision, clear: true })).toMatchObject({
				ok: true,
			});
			const after = await open('塔机工地');
			expect(after.over).toEqual([]);
			expect(after.measures).toContain('checkEvery');
			expect(after.notice).toMatchObject({ ended_at: null, stopped_at: null, check_every_s: 6 * 3600 });
			expect(await standOf('塔机工地', '12:05')).toMatchObject({ awaitsResume: false, mustStop: false, standBy: null });
			expect(await ask(notice!.link!, '12:05', items)).toEqual({ ok: false, reason: 'not-yet' });
		});

		test('a stop that holds again keeps its own work shut; the bureau settles the rest, with a reason', async () => {
			const { id } = (await declareResponse(db(), by('12:10'), {
				...{ issuer: '萧山区防汛指挥部', level: 'III', areaCodes: ['330109001'], note: '' },
			})) as { id: string };
			await direct('12:11');
			const { notice } = await open('基坑工地');
			const items = await required(notice!.link!);
			expect(items).toContain('power');
			expect(items.some((item) => item.startsWith('pit'))).toBe(false);
			const settle = (reason: string) =>
				decideResume(db(), by('12:12'), notice!.id, { clear: true, unasked: true, reason });
			expect(await settle(' ')).toEqual({ ok: false, reason: 'no-reason' });
			expect(await settle('现场核查，坑外作业可恢复')).toMatchObject({ ok: true });
			const left = await open('基坑工地');
			expect([left.measures.includes('clearBelowGround'), left.measures.includes('stopWork'), left.over]).toEqual([
				...[true, false, []],
			]);
			expect(await settle('再次解除')).toEqual({ ok: false, reason: 'not-yet' });
			await endResponseLevel(db(), by('12:20'), id);
			await direct('12:21');
			expect((await standOf('基坑工地', '12:22')).awaitsResume).toBe(true);
		});

		test('a check restarts the six-hour clock', async () => {
			const { notice } = await open('瓜沥工地');
			const answer = { id: randomUUID(), kind: 'checked', byName: '李工', note: '', answers: { pit: 'yes' } } as const;
			await answerNotice(db(), notice!.link!, answer, null, { address: null, now: at('13:00') });
			expect((await open('瓜沥工地')).notice!.check_due_at).toEqual(at('19:00'));
			expect((await noticeByLink(db(), linkHash(notice!.link!)))?.standBy).toBeNull();
		});

		test('what was stopped waits at the gate until the bureau has seen checklist and photos', async () => {
			const response = await db()
				.selectFrom('emergency_response')
				.select('id')
				.where('ended_at', 'is', null)
				.executeTakeFirstOrThrow();
			await endResponseLevel(db(), by('18:00'), response.id);
			await direct('18:01');
			expect((await open('瓜沥工地')).notice!.ended_at).toEqual(at('18:01'));
			const { notice } = await open('基坑工地');
			expect(notice!.ended_at).toBeNull();
			const items = await required(notice!.link!);
			expect(items).toEqual(expect.arrayContaining(['pitWater', 'pitSlope', 'pitMonitoring']));
			expect(await ask(notice!.link!, '18:10', items.slice(1))).toMatchObject({ ok: false, reason: 'checklist' });
			expect(await ask(notice!.link!, '18:10', items)).toMatchObject({ ok: true });
			expect(await decideResume(db(), by('18:20'), notice!.id, { ...decision, clear: false })).toMatchObject({
				reason: 'no-reason',
			});
			expect(await closeFloodEvent(db(), by('18:20'), notice!.event_id, ' ')).toEqual({
				...{ ok: false, reason: 'waits-at-gate' },
			});
			expect(await decideResume(db(), by('18:20'), notice!.id, { ...decision, clear: true })).toMatchObject({
				ok: true,
			});
			expect((await open('基坑工地')).notice).toMatchObject({ ended_at: at('18:20'), link: null });
		});

		test('the book tells what happened, who was late and whose crane moved', async () => {
			const { notice } = await open('塔机工地');
			expect(await closeFloodEvent(db(), by('20:00'), notice!.event_id, '泵车应提前就位')).toMatchObject({ ok: true });
			const book = await readBook(db(), SYSTEM, notice!.event_id, at('21:00'));
			expect(book!.review).toMatchObject({ sites: 3, moved: [{ siteName: '塔机工地' }] });
			expect(book!.review.missed.map(({ siteName }) => siteName)).toContain('基坑工地');
			const kinds = new Set(book!.timeline.map(({ kind }) => kind));
			expect([...kinds]).toEqual(
				expect.arrayContaining(['ordered', 'answered', 'moved', 'responseBegun', 'cleared', 'eventClosed']),
			);
		});
	});

	describe('rain and water', () => {
		const station = (code: string, kind: 'rain' | 'river', location: [number, number]) => ({
			id: randomUUID(),
			code,
			kind,
			name: code,
			location: fromLngLat(location),
			height_datum: kind === 'river' ? ('wusong' as const) : null,
			offset_to_1985_m: kind === 'river' ? -1.85 : null,
			warning_m: kind === 'river' ? 5.4 : null,
			guaranteed_m: kind === 'river' ? 6.2 : null,
			expected_interval_s: 600,
		});

		test('readings of known stations are taken, the others refused one by one', async () => {
			const { id: source_id } = await db().selectFrom('source').select('id').executeTakeFirstOrThrow();
			await db()
				.insertInto('flood_station')
				.values(
					[station('YL-1', 'rain', [120.2, 30.15]), station('SW-1', 'river', [120.21, 30.16])].map((row) => ({
						...row,
						source_id,
					})),
				)
				.execute();
			const tens = Array.from({ length: 144 }, (_, i) => ({
				station: 'YL-1',
				at: new Date(+at('12:00') - i * 600_000).toISOString(),
				value: 1,
				periodS: 600,
			}));
			const taken = await takeReadings(db(), by('12:01'), [
				...tens,
				{ station: 'SW-1', at: at('12:00').toISOString(), value: 5.6, periodS: 0 },
				{ station: 'YL-9', at: at('12:00').toISOString(), value: 1, periodS: 600 },
				{ station: 'YL-1', at: at('15:00').toISOString(), value: 1, periodS: 600 },
				{ station: 'YL-1', at: at('12:00').toISOString(), value: 900, periodS: 600 },
			]);
			expect([taken.accepted, taken.rejected.map(({ code }) => code)]).toEqual([
				145,
				['unknown-station', 'future', 'bad-value'],
			]);
			const now = await readFloodNow(db(), SYSTEM, DISTRICT, at('12:05'));
			const [river, rain] = [
				now.stations.find(({ kind }) => kind === 'river')!,
				now.stations.find(({ kind }) => kind === 'rain')!,
			];
			expect([river.grade, river.datum, river.offsetTo1985M]).toEqual(['warning', 'wusong', -1.85]);
			expect(rain.rain.h24).toBeCloseTo(143.5, 0);
		});

		test('the slider’s moment has what was measured by then, each station with its own time, and says what it has not', async () => {
			const then = await measuredNow(db(), at('06:00'));
			const rain = then.find(({ kind }) => kind === 'rain')!;
			expect(rain).toMatchObject({ observedAt: at('06:00').toISOString(), isStale: false });
			expect(rain.rain.h3).toBeCloseTo(18, 5);
			expect(validTimes(then)).toEqual([
				{ kind: 'rain', all: 1, known: 1, from: rain.observedAt, to: rain.observedAt },
				{ kind: 'river', all: 1, known: 0, from: null, to: null },
			]);
			const ahead = validTimes(await measuredNow(db(), at('18:00')));
			expect(ahead.map(({ known }) => known)).toEqual([0, 0]);
		});

		test('exposure of the pit site stands above the one without anything to be flooded', async () => {
			await judgeExposures(db(), at('12:06'));
			const now = await readFloodNow(db(), SYSTEM, DISTRICT, at('12:06'));
			const scoreOf = async (name: string) => {
				const id = await siteId(name);
				return now.exposure.find((one) => one.siteId === id)!;
			};
			expect((await scoreOf('基坑工地')).score).toBeGreaterThan((await scoreOf('塔机工地')).score);
			expect((await scoreOf('瓜沥工地')).uncertainty).toBeGreaterThan(0.5);
		});

		const grid = {
			product: 'radar',
			isForecast: false,
			issuedAt: at('12:00').toISOString(),
			validAt: at('12:00').toISOString(),
			periodS: 3600,
			bounds: [120, 30, 121, 31] as [number, number, number, number],
			width: 2,
			height: 2,
			sourceName: '雷达',
			mm: Float32Array.from([1, 2, 3, NaN]),
		};

		test('a grid whose cells do not fit its size is refused', async () => {
			const { id } = await takeGrid(db(), by('12:00'), grid);
			expect(id).toMatch(/-/);
			await expect(takeGrid(db(), by('12:00'), { ...grid, height: 3 })).rejects.toThrow(/格点数/);
		});

		test('where no gauge is near the radar speaks for the last hour, unless it knows nothing there', async () => {
			const rainAt = async (clock: string) => {
				const { judged } = await judgeExposures(db(), at(clock));
				return judged.find(({ site }) => site.name === '瓜沥工地')!.exposed.rain;
			};
			const unknown = { h1: null, h3: null, h24: null };
			expect(await rainAt('12:10')).toEqual({ ...unknown, source: '', least: unknown });
			await takeGrid(db(), by('13:00'), {
				...{ ...grid, issuedAt: at('13:00').toISOString(), validAt: at('13:00').toISOString() },
				mm: Float32Array.from([1, 2, 3, 45]),
			});
			const open = { ...unknown, h3: 45, h24: 45 };
			expect(await rainAt('13:10')).toEqual({ ...unknown, h1: 45, source: 'radar', least: open });
			expect(await rainAt('14:10')).toMatchObject({ h1: null });
		});

		test('the radar speaks for three hours and a day too; an hour that is missing leaves what fell at least', async () => {
			const take = (atMs: number, mm: number) => {
				const time = new Date(atMs).toISOString();
				return takeGrid(db(), by('13:20'), {
					...{ ...grid, issuedAt: time, validAt: time },
					mm: Float32Array.from([1, 2, 3, mm]),
				});
			};
			const judged = async () => {
				const { judged } = await judgeExposures(db(), at('13:20'));
				return judged.find(({ site }) => site.name === '瓜沥工地')!;
			};
			await take(+at('11:00'), 4);
			for (let ago = 3; ago < 24; ago++) await take(+at('13:00') - ago * 3_600_000, 0);
			expect((await judged()).exposed.rain).toMatchObject({ h1: 45, h3: null, h24: null, least: { h3: 49, h24: 49 } });
			expect((await judged()).isModerateHeavy).toBe(true);
			await take(+at('12:00'), 1);
			expect((await judged()).exposed.rain).toMatchObject({ h1: 45, h3: 50, h24: 50, least: { h3: null, h24: null } });
		});

		test('hours of forecast that add up to 中到大雨 count before it falls, also with one missing', async () => {
			const heavy = async () => {
				const { judged } = await judgeExposures(db(), at('06:00'));
				return judged.filter((one) => one.isModerateHeavy).map(({ site }) => site.name);
			};
			const take = (ahead: number) =>
				takeGrid(db(), by('06:00'), {
					...{ ...grid, product: '逐小时预报', isForecast: true, issuedAt: at('05:00').toISOString() },
					validAt: new Date(+at('06:00') + ahead * 3_600_000).toISOString(),
					mm: Float32Array.from([0, 0, 0, 2]),
				});
			for (const ahead of [1, 2, 4, 5]) await take(ahead);
			expect(await heavy()).not.toContain('瓜沥工地');
			await take(6);
			expect(await heavy()).toContain('瓜沥工地');
		});

		test('中到大雨 that is forecast for the coming day counts before it falls', async () => {
			const heavy = async (clock: string) => {
				const { judged } = await judgeExposures(db(), at(clock));
				return judged.filter((one) => one.isModerateHeavy).map(({ site }) => site.name);
			};
			expect(await heavy('10:10')).not.toContain('瓜沥工地');
			await takeGrid(db(), by('10:00'), {
				...{ ...grid, product: '格点预报', isForecast: true, periodS: 86_400 },
				validAt: new Date(+at('10:00') + 86_400_000).toISOString(),
				mm: Float32Array.from([0, 0, 0, 17]),
			});
			expect(await heavy('10:11')).toContain('瓜沥工地');
		});
	});

	test('the ladder is edited with its history, and the newest change can be taken back', async () => {
		const [line] = await ladderOf(db(), DISTRICT);
		const edit = { ...line!, basis: '萧山区防汛应急预案 4.2', isOn: false };
		expect(
			await editLadder(db(), by('08:00', analyst), DISTRICT, { do: 'put', lineId: line!.id, line: edit }),
		).toMatchObject({
			ok: true,
		});
		const changed = (await ladderOf(db(), DISTRICT)).find(({ id }) => id === line!.id)!;
		expect([changed.isOn, changed.isTemplate, changed.confidence]).toEqual([false, false, 'local']);
		await editLadder(db(), by('08:01', analyst), DISTRICT, { do: 'undo' });
		expect((await ladderOf(db(), DISTRICT)).find(({ id }) => id === line!.id)).toEqual(line);
		expect(await editLadder(db(), by('08:02', analyst), DISTRICT, { do: 'undo' })).toEqual({
			ok: false,
			reason: 'nothing-to-undo',
		});
		expect(await editLadder(db(), by('08:03'), DISTRICT, { do: 'undo' })).toEqual({ ok: false, reason: 'forbidden' });
	});

	test('a duty check can be drawn again from its seed, and an answer from far away is not on duty', async () => {
		const drawn = await drawDuty(db(), by('22:00'));
		expect(drawn.ok).toBe(true);
		const [draw] = await dutyDraws(db(), SYSTEM, at('22:01'));
		expect(draw!.checks).toHaveLength(3);
		const [first, second] = draw!.checks;
		const answer = (link: string, place: [number, number], clock: string) =>
			answerDuty(db(), link, { byName: '王工', at: place }, null, { address: null, now: at(clock) });
		expect(await answer(first!.link!, [121.4, 31.2], '22:05')).toMatchObject({ ok: true, result: 'away' });
		expect(await answer(second!.link!, [120.2, 30.15], '22:20')).toEqual({ ok: false, reason: 'late' });
		expect((await dutyDraws(db(), SYSTEM, at('22:20')))[0]!.checks.map(({ result }) => result).sort()).toEqual([
			'away',
			'silent',
			'silent',
		]);
	});

	test('an area given as square is found by the polygon of a signal, edge included', async () => {
		const area = square([120.5, 30.2], 500);
		const message = {
			...cap('issue'),
			externalId: 'edge',
			area: { text: '', polygons: area, codes: [], isWhole: false },
		};
		await takeSignals(db(), by('23:00'), [message], 'push');
		expect((await sitesUnderSignals(db())).map(({ siteId: id }) => id)).toEqual([await siteId('瓜沥工地')]);
	});
});
