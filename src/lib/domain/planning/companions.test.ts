import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { companionRules } from '#db/rules/companion.ts';
import { allotCompanions, needsOf, WORK_NEEDS, type Companion, type CompanionVisit } from './companions.ts';

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

describe('whatever the plan and the pool', () => {
	const words = ['岩土工程', '土建', '起重机械', '机电', '检测', '结构工程', '安全', '市政'];
	const firms = ['f1', 'f2', 'f3', 'f4'];
	const companions = fc
		.array(
			fc.record({
				disciplines: fc.subarray(words, { minLength: 1, maxLength: 2 }),
				avoids: fc.subarray(firms, { maxLength: 2 }),
				load: fc.nat({ max: 12 }),
				isSenior: fc.boolean(),
				isAgency: fc.boolean(),
			}),
			{ maxLength: 12 },
		)
		.map((list) =>
			list.map(({ isAgency, ...rest }, i): Companion => {
				const id = `c${i}`;
				return { id, name: id, kind: isAgency ? 'agency' : 'expert', ...rest };
			}),
		);
	const routes = fc
		.array(fc.array(fc.record({ needs: fc.subarray([...WORK_NEEDS]), firms: fc.subarray(firms) }), { maxLength: 5 }), {
			maxLength: 4,
		})
		.map((teams) =>
			teams.map((visits, t) => ({ team: `t${t}`, visits: visits.map((one, v) => ({ key: `s${t}-${v}`, ...one })) })),
		);

	test('nobody breaks avoidance, discipline, one team a day or the seats of a car, and every need is answered', () => {
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
