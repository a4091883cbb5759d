import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { companionRules } from '#db/rules/companion.ts';
import {
	allotCompanions,
	needsOf,
	quotaLeft,
	WORK_NEEDS,
	type Companion,
	type CompanionQuota,
	type CompanionVisit,
} from './companions.ts';

const expert = (id: string, discipline: string | string[], more: Partial<Companion> = {}): Companion => ({
	...{ id, kind: 'expert', name: id, disciplines: [discipline].flat(), isSenior: false, avoids: [], load: 0 },
	...more,
});
const agency = (id: string, load = 0): Companion => ({
	...{ id, kind: 'agency', name: id, disciplines: [], isSenior: false, avoids: [id], load },
});
const visit = (key: string, needs: CompanionVisit['needs'], firms: string[] = []): CompanionVisit => ({
	key,
	needs,
	firms,
});
const one = (needs: CompanionVisit['needs'], pool: Companion[], firms: string[] = []) =>
	allotCompanions([{ team: 't1', visits: [visit('s1', needs, firms)] }], pool, companionRules);
const experts = (needs: CompanionVisit['needs'], pool: Companion[], firms: string[] = []) =>
	one(needs, pool, firms).seats.filter(({ kind }) => kind === 'expert');

describe('what a site has decides who is asked', () => {
	test.each([
		['a deep pit asks a geotechnical engineer', 'deepPit', '岩土工程'],
		['a tower crane asks an expert in lifting machinery', 'lifting', '起重机械'],
		['a high formwork asks a structural engineer', 'formwork', '结构工程'],
		['a climbing scaffold asks a safety expert', 'scaffold', '安全'],
	] as const)('%s', (_, need, discipline) => {
		const pool = ['岩土工程', '起重机械', '结构工程', '安全', '装饰装修'].map((word, i) => expert(`e${i}`, word));
		expect(experts([need], pool)).toMatchObject([{ need, discipline }]);
	});

	test.each([
		['an open pit', { pitDepthM: 9 }, ['deepPit']],
		['an open pit without a depth', { pitDepthM: undefined }, ['deepPit']],
		['a hoist', { hasHoist: true }, ['lifting']],
		['crane, formwork and scaffold', { hasCrane: true, hasFormwork: true, hasScaffold: true }, WORK_NEEDS.slice(1)],
		['nothing of the kind', {}, []],
	])('a site with %s', (_, has, needs) => {
		const none = { pitDepthM: null, hasCrane: false, hasHoist: false, hasFormwork: false, hasScaffold: false };
		expect(needsOf({ ...none, ...has })).toEqual(needs);
	});

	test('who knows a neighbouring discipline goes when nobody fitter is there', () => {
		expect(experts(['deepPit'], [expert('a', '土建')])).toMatchObject([{ name: 'a', discipline: '土建' }]);
	});

	test('one who knows both works serves both: the site is not disturbed by two', () => {
		const pool = [expert('a', '岩土工程'), expert('b', ['岩土工程', '起重机械']), expert('c', '起重机械')];
		expect(experts(['deepPit', 'lifting'], pool).map(({ name }) => name)).toEqual(['b', 'b']);
	});
});

describe('who is taken, and who not', () => {
	test('nobody goes to a site of a firm they have to keep away from', () => {
		const pool = [expert('a', '岩土工程', { avoids: ['f1'] }), expert('b', '土建')];
		expect(experts(['deepPit'], pool, ['f1'])).toMatchObject([{ name: 'b' }]);
		expect(one(['deepPit'], pool.slice(0, 1), ['f1']).open).toContainEqual(
			expect.objectContaining({ kind: 'expert', reason: 'conflict' }),
		);
	});

	test('of equals the least loaded goes; of equally loaded the senior', () => {
		const tired = expert('a', '岩土工程', { load: 4 });
		expect(experts(['deepPit'], [tired, expert('b', '岩土工程', { load: 1 })])[0]!.name).toBe('b');
		expect(experts(['deepPit'], [expert('a', '岩土工程'), expert('b', '岩土工程', { isSenior: true })])[0]!.name).toBe(
			'b',
		);
	});

	test('of the agencies the one that went least; none for what is not tested', () => {
		const pool = [agency('x', 9), agency('y', 2)];
		expect(one(['deepPit', 'formwork'], pool).seats).toMatchObject([{ name: 'y', need: 'deepPit', discipline: null }]);
	});

	test('an expert rides with one team only, and the other team is told why it has nobody', () => {
		const routes = ['t1', 't2'].map((team) => ({ team, visits: [visit(`${team}-s`, ['lifting'])] }));
		const { seats, open } = allotCompanions(routes, [expert('a', '起重机械')], companionRules);
		expect(seats).toHaveLength(1);
		expect(open.filter(({ kind }) => kind === 'expert')).toMatchObject([{ reason: 'taken' }]);
	});

	test('a discipline nobody in the pool has is said to be missing', () => {
		expect(one(['formwork'], [expert('a', '市政')]).open).toMatchObject([{ need: 'formwork', reason: 'nobody' }]);
	});
});

describe('the quota of a contract', () => {
	const quota = (most: number, used: number): CompanionQuota => ({
		...{ id: `${most}/${used}`, fromOn: '2026-11-01', toOn: '2026-11-30', most, used },
		...{ source: '采购合同 7 号', setBy: '分析员', setAt: '2026-11-01T00:00:00Z' },
	});
	const limited = (id: string, ...quotas: CompanionQuota[]): Companion => ({ ...agency(id), quotas });
	const route = (...keys: string[]) => [{ team: 't1', visits: keys.map((key) => visit(key, ['deepPit'])) }];

	test('whoever has used it up is left out, and the sentence says who', () => {
		const { seats, open } = one(['deepPit'], [limited('x', quota(20, 20))]);
		expect(seats).toEqual([]);
		expect(open.filter(({ kind }) => kind === 'agency')).toMatchObject([{ reason: 'quota', full: ['x'] }]);
	});

	test('another that may still go does, however much it went', () => {
		expect(one(['deepPit'], [limited('x', quota(20, 20)), agency('y', 9)]).seats).toMatchObject([{ name: 'y' }]);
	});

	test('what is left is given to the first visits of the route, all needs of a visit count once', () => {
		const visits = ['a', 'b', 'c'].map((key) => visit(key, ['deepPit', 'lifting']));
		const { seats, open } = allotCompanions([{ team: 't1', visits }], [limited('x', quota(20, 18))], companionRules);
		expect(seats.map(({ visit: key, need }) => `${key} ${need}`)).toEqual([
			...['a deepPit', 'a lifting', 'b deepPit', 'b lifting'],
		]);
		expect(open.filter(({ kind }) => kind === 'agency').map(({ visit: key, reason }) => [key, reason])).toEqual([
			['c', 'quota'],
			['c', 'quota'],
		]);
	});

	test('of several quotas the tightest decides; more used than allowed is none left', () => {
		expect(quotaLeft(limited('x', quota(20, 4), quota(3, 1)))).toBe(2);
		expect(quotaLeft(limited('x', quota(3, 5)))).toBe(0);
		expect(quotaLeft(agency('x'))).toBe(Infinity);
		expect(
			allotCompanions(route('a', 'b', 'c'), [limited('x', quota(9, 0), quota(3, 2))], companionRules).seats,
		).toHaveLength(1);
	});

	test('a full car is no matter of quotas', () => {
		const pool = [limited('x', quota(1, 0)), agency('y')];
		const { open } = allotCompanions(route('a', 'b'), pool, companionRules);
		expect(open.filter(({ kind }) => kind === 'agency')).toMatchObject([]);
	});
});

describe('whatever the plan and the pool', () => {
	const words = ['岩土工程', '土建', '起重机械', '机电', '检测', '结构工程', '安全', '市政'];
	const firms = ['f1', 'f2', 'f3', 'f4'];
	const QUOTA = { id: 'q', fromOn: '', toOn: '', source: 'test', setBy: '', setAt: '' };
	const companions = fc
		.array(
			fc.record({
				disciplines: fc.subarray(words, { minLength: 1, maxLength: 2 }),
				avoids: fc.subarray(firms, { maxLength: 2 }),
				load: fc.nat({ max: 12 }),
				isSenior: fc.boolean(),
				isAgency: fc.boolean(),
				left: fc.option(fc.nat({ max: 3 })),
			}),
			{ maxLength: 12 },
		)
		.map((list) =>
			list.map(({ isAgency, left, ...rest }, i): Companion => {
				const id = `c${i}`;
				const quotas = left === null ? [] : [{ ...QUOTA, most: 5, used: 5 - left }];
				return { id, name: id, kind: isAgency ? 'agency' : 'expert', quotas, ...rest };
			}),
		);
	const routes = fc
		.array(fc.array(fc.record({ needs: fc.subarray([...WORK_NEEDS]), firms: fc.subarray(firms) }), { maxLength: 5 }), {
			maxLength: 4,
		})
		.map((teams) =>
			teams.map((visits, t) => ({ team: `t${t}`, visits: visits.map((one, v) => ({ key: `s${t}-${v}`, ...one })) })),
		);

	test('nobody breaks avoidance, discipline, one team a day, a quota or the seats of a car, and every need is answered', () => {
		fc.assert(
			fc.property(routes, companions, (plan, pool) => {
				const { seats, open } = allotCompanions(plan, pool, companionRules);
				const visitOf = new Map(plan.flatMap(({ visits }) => visits.map((one) => [one.key, one] as const)));
				for (const seat of seats) {
					const who = pool.find(({ id }) => id === seat.companionId)!;
					expect(visitOf.get(seat.visit)!.firms.filter((firm) => who.avoids.includes(firm))).toEqual([]);
					if (who.kind === 'expert') {
						expect(companionRules.disciplines[seat.need].value).toContain(seat.discipline);
						expect(who.disciplines).toContain(seat.discipline);
					}
				}
				for (const kind of ['expert', 'agency'] as const) {
					const own = seats.filter((seat) => seat.kind === kind);
					for (const { id } of pool) {
						const visits = new Set(own.flatMap((seat) => (seat.companionId === id ? seat.visit : [])));
						expect(visits.size).toBeLessThanOrEqual(quotaLeft(pool.find((one) => one.id === id)!));
						const teams = new Set(own.filter(({ companionId }) => companionId === id).map(({ team }) => team));
						expect(teams.size).toBeLessThanOrEqual(companionRules.teamsEach[kind].value);
					}
					for (const { team } of plan) {
						const aboard = new Set(own.filter((seat) => seat.team === team).map(({ companionId }) => companionId));
						expect(aboard.size).toBeLessThanOrEqual(companionRules.mostPerTeam[kind].value);
					}
				}
				const asked = plan.flatMap(({ visits }) =>
					visits.flatMap(({ needs }) => needs.flatMap((need) => (need === 'formwork' ? [1] : [1, 1]))),
				);
				expect(seats.length + open.length).toBe(asked.length);
			}),
		);
	});

	test('the order of the register does not decide', () => {
		fc.assert(
			fc.property(routes, companions, (plan, pool) => {
				expect(allotCompanions(plan, [...pool].reverse(), companionRules)).toEqual(
					allotCompanions(plan, pool, companionRules),
				);
			}),
		);
	});
});
