import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '#lib/server/errors.ts';
import { playStorm } from '#lib/server/flood/storm.ts';
import { callerOf } from '#lib/server/http/caller.ts';
import { hasOnlyDemoSites } from '#lib/server/repositories/demo.ts';
import type { RequestHandler } from './$types';

/** Seconds a stage of the storm is shown: some three minutes in all. */
const PACE_S = 24;
let playing: Promise<void> | undefined;

/** Plays the demonstration's storm: `?pace=` seconds per stage. Answers at once; the storm goes on by itself. */
export const POST: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	if (!(await hasOnlyDemoSites(runtime.databases.read)))
		throw new Fault(
			'conflict',
			'storm',
			'登记簿中有真实工地，不能播放演示暴雨 · There are real sites; no storm is played.',
		);
	if (playing) throw new Fault('conflict', 'storm', '演示暴雨正在播放 · The storm is being played already.');
	const pace = Number(event.url.searchParams.get('pace') ?? PACE_S);
	const { principal, address } = callerOf(event);
	playing = playStorm({
		db: runtime.databases.ingest,
		caller: { principal, address },
		district: runtime.config.DISTRICT,
		announce: (events) => runtime.live.feed.announce(events),
		direct: (by) => runtime.flood.direct(by),
		judge: () => runtime.flood.judge(),
		now: () => Date.now(),
		wait: sleep,
		paceS: pace >= 0 && pace <= 120 ? pace : PACE_S,
	})
		.catch((error: unknown) => runtime.fault(error))
		.finally(() => (playing = undefined));
	return Response.json({ playing: true }, { status: 202 });
};
