// What the rules page holds: the list, which rule is looked at, and back-tests that run, asked about once a second.

import type { RuleCard, RuleChangeNote, RuleList } from '#lib/contract/rule.ts';
import { Desk } from './desk.svelte.ts';
import { readBackTest, readRules } from './rules-api.ts';

const ASK_EVERY_MS = 1000;

export class RulesDesk extends Desk<RuleList> {
	key = $state<string | null>(null);
	/** A change is being written for the rule looked at. */
	isEditing = $state(false);

	readonly rule: RuleCard | null = $derived(
		this.list?.rules.find(({ key }) => key === this.key) ?? this.list?.rules[0] ?? null,
	);

	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor() {
		super(readRules);
	}

	override async read(): Promise<void> {
		await super.read();
		this.#follow();
	}

	choose(key: string): void {
		this.key = key;
		this.isEditing = false;
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#follow(): void {
		clearTimeout(this.#timer);
		const running = this.list?.rules.flatMap(({ changes }) => changes).find((change) => isRunning(change));
		if (running) this.#timer = setTimeout(() => void this.#ask(running), ASK_EVERY_MS);
	}

	async #ask(change: RuleChangeNote): Promise<void> {
		try {
			const backTest = await readBackTest(change.id);
			if (backTest.state !== 'running') return await this.read();
			const swap = (one: RuleChangeNote) => (one.id === change.id ? { ...one, backTest } : one);
			const rules = this.list!.rules.map((rule) =>
				rule.key === change.ruleKey ? { ...rule, changes: rule.changes.map(swap) } : rule,
			);
			this.list = { ...this.list!, rules };
		} catch (error) {
			this.fault = error instanceof Error ? error.message : String(error);
		}
		this.#follow();
	}
}

function isRunning({ backTest }: RuleChangeNote): boolean {
	return backTest?.state === 'running';
}
