import { Fault } from '#lib/server/errors.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { newestBacktests } from '#lib/server/repositories/rule-backtest.ts';
import { ruleChangeById, type RuleChangeRow } from '#lib/server/repositories/rule-change.ts';
import { backTestNote, isChangeInReach } from '#lib/server/rules/rule-list.ts';
import type { RequestHandler } from './$types';

/** How far it is, or what it found. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const change = await changeOf(locals, params.id);
	const test = (await newestBacktests(locals.scopedDb, [change.id])).get(change.id);
	if (!test) throw new Fault('not-found', change.id, '尚未回测 · It has not been tried yet.');
	return Response.json(backTestNote(test, locals.runtime.backTests, new Date()));
};

/** Tries a draft on stored readings. */
export const POST: RequestHandler = async ({ locals, params }) => {
	const { runtime, principal } = locals;
	const change = await changeOf(locals, params.id);
	if (change.state !== 'draft') throw new Fault('conflict', change.id, '只能回测草稿 · Only a draft is tried.');
	const name = 'name' in principal ? principal.name : principal.kind;
	const id = await runtime.backTests.start(change, { name, at: new Date() });
	return Response.json({ id }, { status: 202 });
};

/** Stops it. */
export const DELETE: RequestHandler = async ({ locals, params }) => {
	const change = await changeOf(locals, params.id);
	const test = (await newestBacktests(locals.scopedDb, [change.id])).get(change.id);
	if (!test || !locals.runtime.backTests.cancel(test.id))
		throw new Fault('conflict', change.id, '没有正在运行的回测 · No back-test of it runs.');
	return new Response(null, { status: 204 });
};

async function changeOf({ scopedDb, scope, runtime }: App.Locals, id: string): Promise<RuleChangeRow> {
	const change = isUuid(id) ? await ruleChangeById(scopedDb, id) : undefined;
	if (!change || !isChangeInReach(runtime.live.state, scope, change))
		throw new Fault('not-found', id, '没有这项规则修改 · There is no such change of a rule.');
	return change;
}
