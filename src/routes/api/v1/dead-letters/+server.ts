import type { DeadLetterEntry, DeadLetterPage } from '#lib/contract/devices.ts';
import { Fault } from '#lib/server/errors.ts';
import { actorNames } from '#lib/server/repositories/actor-name.ts';
import { deadLetterCounts, deadLetters } from '#lib/server/repositories/dead-letter.ts';
import type { RequestHandler } from './$types';

const MOST = 500;
const STATES = ['open', 'replayed', 'discarded'] as const satisfies DeadLetterEntry['state'][];

/** Frames that could not be read, newest first: `?state=&protocol=&reason=&q=&before=&limit=`. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const ask = (name: string) => url.searchParams.get(name) || undefined;
	const state = ask('state');
	const limit = Number(ask('limit') ?? 100);
	const before = ask('before') === undefined ? undefined : Number(ask('before'));
	if (state !== undefined && !STATES.includes(state as 'open'))
		throw new Fault(
			'bad-input',
			'state',
			`state 应为 ${STATES.join('、')} · state must be one of ${STATES.join(', ')}.`,
		);
	if (!(limit >= 1 && limit <= MOST) || (before !== undefined && !(Number.isSafeInteger(before) && before >= 0)))
		throw new Fault('bad-input', 'limit', `limit 应为 1 到 ${MOST} · limit must be 1 to ${MOST}.`);
	const [protocol, reason, q] = [ask('protocol'), ask('reason'), ask('q')];
	const letters = await deadLetters(locals.db, {
		...(state && { state: state as DeadLetterEntry['state'] }),
		...(protocol && { protocol }),
		...(reason && { reason }),
		...(q && { q }),
		...(before !== undefined && { before }),
		limit: Math.floor(limit),
	});
	const last = letters.length === Math.floor(limit) ? letters.at(-1) : undefined;
	const nameOf = await actorNames(
		locals.db,
		letters.map(({ settledBy }) => settledBy),
	);
	const page: DeadLetterPage = {
		letters: letters.map((letter) => ({
			...letter,
			firstAt: letter.firstAt.toISOString(),
			lastAt: letter.lastAt.toISOString(),
			settledAt: letter.settledAt?.toISOString() ?? null,
			settledBy: letter.settledBy && nameOf(letter.settledBy),
		})),
		counts: await deadLetterCounts(locals.db),
		...(last && { next: Number(last.id) }),
	};
	return Response.json(page);
};
