// One thread that tries a rule on stored readings: once as it is today and once as it would be, with the same code that
// judges live.

import { parentPort, workerData } from 'node:worker_threads';
import { measureRules } from '#db/rules/alarm.ts';
import { deviceRules } from '#db/rules/device.ts';
import { compare, shanghaiDayOf } from '#lib/domain/alarm/back-test.ts';
import { player, type Player, type StoredReading } from '#lib/domain/alarm/replay.ts';
import { RuleBook } from '../alarms/rule-book.ts';
import { buildObjects } from '../live/build-objects.ts';
import type { LiveDevice } from '../live/live-device.ts';
import type { FromThread, Plan, Portion, ToThread } from './back-test-plan.ts';

const port = parentPort!;
const say = (message: FromThread) => port.postMessage(message);
const plan = workerData as Plan;
const wanted = new Set(plan.deviceIds);
const stepOf = new Map(plan.stepMs);
const idOf = new Map(plan.register.devices.map(({ no, id }) => [no, id]));
const covered = new Set<string>();
const heard = new Set<string>();

const now = playerOf(new RuleBook({ changes: plan.inForce, signals: {} }, plan.nowMs));
const then = playerOf(new RuleBook({ changes: [...withoutSibling(), plan.draft], signals: {} }, plan.nowMs));

port.on('message', (message: ToThread) => {
	if (message.kind === 'readings') {
		const readings = unpacked(message);
		now.take(readings);
		then.take(readings);
		say({ kind: 'taken' });
		return;
	}
	const { untilMs, isCutShort } = message;
	const result = compare(now.end(untilMs), then.end(untilMs), {
		...{ fromMs: plan.fromMs, untilMs, isCutShort, covered },
		...{ readings: now.count, devices: wanted.size, devicesHeard: heard.size },
	});
	say({ kind: 'done', result });
});

/** The draft takes the place of a change of the same rule and scope. */
function withoutSibling() {
	const { ruleKey, scope } = plan.draft;
	return plan.inForce.filter(
		(change) => change.ruleKey !== ruleKey || change.scope.kind !== scope.kind || change.scope.id !== scope.id,
	);
}

function playerOf(book: RuleBook): Player {
	const devices = new Map<string, LiveDevice>();
	buildObjects(plan.register, devices, book);
	const condition = plan.draft.ruleKey.slice(plan.draft.ruleKey.indexOf('.') + 1);
	const isMeant = (device: LiveDevice, key: string) => key === plan.draft.ruleKey && wanted.has(device.id);
	for (const device of devices.values()) {
		// Points are needed as voters of their side; everything else only where the rule itself is watched.
		const voters = condition === 'side';
		device.watches = device.watches.filter(
			({ rules }) => isMeant(device, rules.by.key) || (voters && rules.measure === 'utilisation'),
		);
	}
	const silent = (id: string) => {
		const device = devices.get(id)!;
		const stepMs = Math.max(device.intervalS * 1000, stepOf.get(device.no) ?? 0);
		return deviceRules.presence.lateAfter.value * stepMs;
	};
	const keyed = new Set(
		[...devices.values()].flatMap(({ watches }) =>
			watches.filter(({ rules }) => rules.by.key === plan.draft.ruleKey).map(({ rules }) => rules.condition),
		),
	);
	return player(devices, measureRules, silent, (found) => keyed.has(found));
}

function unpacked({ deviceNo, atMs, values }: Portion): StoredReading[] {
	return values.flatMap((text, i) => {
		const id = idOf.get(deviceNo[i]!);
		if (id === undefined) return [];
		covered.add(shanghaiDayOf(atMs[i]!));
		if (wanted.has(id)) heard.add(id);
		return { id, atMs: atMs[i]!, values: JSON.parse(text) as StoredReading['values'] };
	});
}
