// The flood season in the database: signals joined to sites, orders kept in step, answers, the gate, the ledger.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import type { Expected } from '#lib/domain/flood/cap-area.ts';
import type { ResumeItem } from '#lib/domain/flood/resume.ts';
import type { SignalMessage } from '#lib/domain/flood/signal.ts';
import { answerNotice } from '#lib/server/commands/answer-notice.ts';
import { closeFloodEvent } from '#lib/server/commands/close-flood-event.ts';
import { declareResponse, endResponseLevel } from '#lib/server/commands/direct-response.ts';
import { drawDuty, answerDuty } from '#lib/server/commands/draw-duty.ts';
import { editLadder } from '#lib/server/commands/edit-ladder.ts';
import { noteMovements } from '#lib/server/commands/note-movements.ts';
import { orderMeasures } from '#lib/server/commands/order-measures.ts';
import { askResume, decideResume, requiredItems } from '#lib/server/commands/resume-work.ts';
import { takeSignals } from '#lib/server/commands/take-signals.ts';
import { readBook } from '#lib/server/flood/read-book.ts';
import { readCap } from '#lib/server/flood/read-cap.ts';
import { linkHash } from '#lib/server/flood/site-link.ts';
import { readFloodNow } from '#lib/server/flood/read-now.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { dutyDraws } from '#lib/server/repositories/duty-draw.ts';
import { asOrder, noticeByLink } from '#lib/server/repositories/flood-notice.ts';
import { ladderOf } from '#lib/server/repositories/flood-ladder.ts';
import { signalsByTown, sitesUnderSignals } from '#lib/server/repositories/flood-signal.ts';
import { square } from '../builders.ts';
import { onBoth } from './both.ts';
import { analyst, at, by, DISTRICT, floodTowns, siteIdOf } from './flood-towns.ts';

const expected: Expected = { bounds: [120, 29.9, 120.6, 30.4], district: DISTRICT, towns: new Map() };
const cap = (name: string): SignalMessage =>
	readCap(readFileSync(`test/files/cap/${name}.good.xml`, 'utf8'), expected).messages[0]!;
const photo = () => Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

onBoth('the flood season', (database) => {
	const db = (): Db => database().ingest;
	const siteId = (name: string) => siteIdOf(db(), name);
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

	beforeAll(() => floodTowns(db()));

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
			const moved = { noticeId: notice!.id, deviceId: 'TC-1', objectNo: null, movement: 'hook' } as const;
			const subject = { subjectName: '1# 塔吊', siteName: '塔机工地', at: null, townCode: '330109001' };
			const note = () => noteMovements(db(), [moved], () => subject, at('10:00'));
			expect((await note()).map(({ type }) => type)).toEqual(['flood:movement', 'alarm:raised']);
			expect(await note()).toEqual([]);
			const now = await readFloodNow(db(), SYSTEM, at('10:01'));
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
			return (await readFloodNow(db(), SYSTEM, at(clock))).notices.find(({ siteId }) => siteId === id)!;
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
