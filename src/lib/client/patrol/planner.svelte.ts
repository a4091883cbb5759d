// A plan in the planner's hands: what is changed here is judged here, by the same function that judges it when it is
// issued. Every change can be taken back; what stands is kept on the server a moment later.

import type { EmergencyView, EmergencyWish, PlanView, SolveLine } from '#lib/contract/patrol.ts';
import { evaluate, type Draft, type Evaluation } from '#lib/domain/patrol/evaluate.ts';
import { holdBack } from '#lib/domain/patrol/hold.ts';
import { explain } from '#lib/domain/patrol/explain.ts';
import { compile, type Model } from '#lib/domain/patrol/model.ts';
import type { LeftOut } from '#lib/domain/patrol/problem.ts';
import { allotPlan, type Allotment } from '#lib/domain/planning/companions.ts';
import type { Department } from '#lib/domain/planning/department.ts';
import { pinsOf, pinTimes, type Pins } from '#lib/domain/planning/pin-times.ts';
import type { PlanVisit } from '#lib/domain/planning/plan-problem.ts';
import { TEMPLATE } from '#lib/domain/planning/template.ts';
import { ask } from '../ask.ts';
import { improver, type Improver } from './improver.ts';
import { bestPlace, moveVisit, withoutVisit } from './move-visit.ts';
import { searchLines } from './solve-lines.ts';

interface Kept {
	drafts: Draft[];
	locked: string[];
	pins: Pins;
	/** Put where they are by hand since the last search: a search in the browser leaves them there, or out. */
	byHand: readonly string[];
}

const SAVE_AFTER_MS = 800;
const STEPS = 200;

export class Planner {
	view = $state.raw<PlanView>(undefined!);
	drafts = $state.raw<readonly Draft[]>([]);
	locked = $state.raw<readonly string[]>([]);
	/** What is promised for a moment. */
	pins = $state.raw<Pins>({});
	departments = $state.raw<Readonly<Record<string, Department[]>>>({});
	past = $state.raw<readonly Kept[]>([]);
	future = $state.raw<readonly Kept[]>([]);
	/** Plans put aside to compare with, by the name they were given. */
	aside = $state.raw<{ name: string; drafts: readonly Draft[] } | null>(null);
	solving = $state.raw<{ done: number; cost: number; iterations: number } | null>(null);
	figures = $state.raw<{ seconds: number; iterations: number } | null>(null);
	saving = $state(false);
	fault = $state<string | null>(null);
	/** What is being dragged, and what it would mean where it is. */
	preview = $state.raw<{ key: string; drafts: readonly Draft[] } | null>(null);

	readonly #kept: Pins = $derived(pinsOf(this.view.visits));
	readonly #problem = $derived(pinTimes(this.view.problem, TEMPLATE[this.view.template], this.pins, this.#kept));
	readonly #estimate = $derived(this.view.travel.estimate);
	readonly model: Model = $derived(compile(this.#problem, this.#estimate));
	readonly evaluation: Evaluation = $derived(evaluate(this.model, this.drafts));
	readonly shown: Evaluation = $derived(this.preview ? evaluate(this.model, this.preview.drafts) : this.evaluation);
	readonly visitOf: ReadonlyMap<string, PlanVisit> = $derived(new Map(this.view.visits.map((one) => [one.key, one])));
	/** Who comes along, judged anew with every change until the plan is issued; null where nobody does. */
	readonly allotment: Allotment | null = $derived.by(() => {
		const { companions, visits } = this.view;
		if (!companions) return null;
		return companions.seats ? { seats: companions.seats, open: [] } : allotPlan(this.drafts, visits, companions);
	});
	readonly isDraft = $derived(this.view.state === 'draft' && !this.view.isSealed);

	#byHand: readonly string[] = [];
	#improving: Improver | undefined;
	#improveS = 0;
	#reasons = new Map<string, LeftOut>();
	#abort: AbortController | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#saved = Promise.resolve();

	constructor(view: PlanView) {
		this.take(view);
	}

	take(view: PlanView): void {
		this.view = view;
		this.drafts = view.drafts;
		this.locked = view.locked;
		this.pins = pinsOf(view.visits);
		this.departments = Object.fromEntries(view.visits.map(({ key, departments }) => [key, departments]));
	}

	/** Draft with what is being dragged in another place. */
	wouldMove(key: string, team: string, index: number): readonly Draft[] {
		return moveVisit(this.drafts, key, team, index);
	}

	move(key: string, team: string, index: number): void {
		this.#change(moveVisit(this.drafts, key, team, index), this.locked, [...this.#byHand, key]);
	}

	/** Puts a visit into a team's day where it fits best. */
	putIn(key: string, team: string): void {
		this.move(key, team, bestPlace(this.model, this.drafts, key, team));
	}

	takeOut(key: string): void {
		this.#change(withoutVisit(this.drafts, key), this.locked, [...this.#byHand, key]);
	}

	toggleLock(key: string): void {
		const locked = this.locked.includes(key) ? this.locked.filter((one) => one !== key) : [...this.locked, key];
		this.#change(this.drafts, locked, this.#byHand);
	}

	/** Promises a visit for a minute of the day; null: for none. */
	pin(key: string, minute: number | null): void {
		const { [key]: _before, ...others } = this.pins;
		const pins = minute === null ? others : { ...others, [key]: minute };
		this.#change(this.drafts, this.locked, this.#byHand, pins);
	}

	setDepartments(key: string, departments: Department[]): void {
		this.departments = { ...this.departments, [key]: departments };
		this.#saveSoon();
	}

	undo(): void {
		const last = this.past.at(-1);
		if (!last) return;
		this.future = [this.#now(), ...this.future];
		this.past = this.past.slice(0, -1);
		this.#set(last);
	}

	redo(): void {
		const [next] = this.future;
		if (!next) return;
		this.past = [...this.past, this.#now()];
		this.future = this.future.slice(1);
		this.#set(next);
	}

	/**
	 * Why a visit is not in the plan, and what would let it in; found by trying, in the browser. A search says it of
	 * hundreds at once and looks at each but briefly: whoever asks about one gets all that can be found.
	 */
	whyLeft(key: string): LeftOut {
		const known = this.#reasons.get(key);
		if (known) return known;
		const [found] = explain(this.model, this.drafts, [key]);
		this.#reasons.set(key, found!);
		return found!;
	}

	putAside(name: string): void {
		this.aside = { name, drafts: this.drafts };
	}

	leaveAside(): void {
		this.aside = null;
	}

	/** Changes places with the plan put aside. */
	swapAside(name: string): void {
		if (!this.aside) return;
		const { drafts } = this.aside;
		this.aside = { name, drafts: this.drafts };
		this.#change(drafts, this.locked);
	}

	async solve(seconds: number): Promise<void> {
		await this.save();
		this.#abort = new AbortController();
		this.fault = null;
		this.solving = { done: 0, cost: 0, iterations: 0 };
		try {
			const url = `/api/v1/patrol/plans/${this.view.id}/solve?seconds=${seconds}`;
			for await (const line of searchLines(url, this.#abort.signal)) this.#hear(line);
		} catch (error) {
			if (!this.#abort.signal.aborted) this.fault = error instanceof Error ? error.message : String(error);
		} finally {
			this.solving = null;
		}
	}

	// Searches on from the plan as it was edited, in the browser: what was moved or taken out by hand stays so, the rest is
	// arranged around it. One step to take back. An edit meanwhile begins anew from what was edited.
	improve(seconds: number): void {
		this.fault = null;
		this.solving = { done: 0, cost: this.evaluation.objective, iterations: 0 };
		this.#improving ??= improver({
			progress: (how) => (this.solving = how),
			done: ({ drafts, seconds, iterations }) => {
				this.#endImproving();
				this.#change(drafts, this.locked);
				this.figures = { seconds, iterations };
			},
			fault: (message) => {
				this.#endImproving();
				this.fault = message;
			},
		});
		this.#improving.order({
			...{ problem: holdBack(this.#problem, this.drafts, this.#held()), estimate: this.#estimate },
			...{ start: this.drafts, seconds, seed: 1 },
		});
		this.#improveS = seconds;
	}

	#held() {
		return { stay: [...this.locked, ...this.#byHand], out: this.#byHand };
	}

	#endImproving(): void {
		this.#improving?.end();
		this.#improving = undefined;
		this.solving = null;
	}

	/** Ends a search; what it has found so far stands. */
	stop(): void {
		this.#abort?.abort();
		this.#improving?.stop();
	}

	/** The planner is left: nobody waits for an answer any more. */
	close(): void {
		this.#abort?.abort();
		this.#endImproving();
	}

	/** One after the other: each carries the revision that the one before it has made. */
	save(): Promise<void> {
		clearTimeout(this.#timer);
		return (this.#saved = this.#saved.then(() => this.#saveNow()));
	}

	async #saveNow(): Promise<void> {
		if (!this.isDraft) return;
		this.saving = true;
		try {
			const body = {
				revision: this.view.revision,
				drafts: this.drafts,
				locked: this.locked,
				departments: this.departments,
				pins: this.pins,
			};
			const { revision } = await ask<{ revision: number }>(`/api/v1/patrol/plans/${this.view.id}`, 'PUT', body);
			this.view = { ...this.view, revision };
			this.fault = null;
		} catch (error) {
			this.fault = error instanceof Error ? error.message : String(error);
		} finally {
			this.saving = false;
		}
	}

	async issue(): Promise<void> {
		await this.save();
		if (this.fault) throw new Error(this.fault);
		await ask(`/api/v1/patrol/plans/${this.view.id}/issue`, 'POST', {});
		this.leaveAside();
		await this.refresh();
	}

	async emergency(wish: EmergencyWish): Promise<EmergencyView> {
		const { view } = await ask<{ view: EmergencyView }>(`/api/v1/patrol/plans/${this.view.id}/emergency`, 'POST', wish);
		if (wish.accept) await this.refresh();
		return view;
	}

	async refresh(): Promise<void> {
		this.take(await ask<PlanView>(`/api/v1/patrol/plans/${this.view.id}`));
	}

	#hear(line: SolveLine): void {
		if (line.kind === 'progress') this.solving = line;
		else if (line.kind === 'fault') this.fault = line.message;
		else {
			this.#change(line.plan.drafts, this.locked);
			this.figures = { seconds: line.plan.seconds, iterations: line.plan.iterations };
		}
	}

	#now(): Kept {
		return { drafts: [...this.drafts], locked: [...this.locked], pins: this.pins, byHand: this.#byHand };
	}

	#change(drafts: readonly Draft[], locked: readonly string[], byHand: readonly string[] = [], pins = this.pins): void {
		if (!this.isDraft) return;
		this.past = [...this.past, this.#now()].slice(-STEPS);
		this.future = [];
		this.#set({ drafts: [...drafts], locked: [...locked], pins, byHand });
	}

	#set({ drafts, locked, pins, byHand }: Kept): void {
		this.#reasons.clear();
		this.drafts = drafts;
		this.locked = locked;
		this.pins = pins;
		this.#byHand = byHand;
		this.#saveSoon();
		if (this.#improving) this.improve(this.#improveS);
	}

	#saveSoon(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.save(), SAVE_AFTER_MS);
	}
}
