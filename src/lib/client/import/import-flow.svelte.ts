// One import from file to commit, and the history. Knows the order of things; the components only show it.

import type { ImportDraft, ImportKind, ImportResult, SourceEntry } from '#lib/contract/import.ts';
import { toasts } from '../ui/toast.svelte.ts';
import { m } from '../words/generated/messages.js';
import { changeDraft, commitDraft, readSources, sendFile, undoSource } from './import-api.ts';

export interface Work {
	label: string;
	/** 0 to 1; undefined while nobody can say. */
	share?: number;
}

export class ImportFlow {
	kind = $state<ImportKind>('sites');
	/** Empty until the person has named it; `none` for a file without coordinates. */
	datum = $state('');
	draft = $state.raw<ImportDraft | null>(null);
	confirmed = $state.raw<ReadonlySet<string>>(new Set());
	result = $state.raw<ImportResult | null>(null);
	history = $state.raw<readonly SourceEntry[] | null>(null);
	work = $state.raw<Work | null>(null);
	fault = $state<string | null>(null);

	/** Everything a person has to confirm is confirmed, and nothing blocks. */
	readonly canCommit = $derived(
		this.draft !== null && this.draft.canCommit && this.draft.needs.every((code) => this.confirmed.has(code)),
	);

	async upload(file: File): Promise<void> {
		this.result = null;
		const label = m.importPage_uploading({ name: file.name });
		await this.#working({ label, share: 0 }, async () => {
			const datum = this.datum === '' || this.datum === 'none' ? null : this.datum;
			this.draft = await sendFile(file, this.kind, datum, (share) => {
				// The file is there; what follows is reading it, and nobody can say how long that takes.
				this.work = share < 1 ? { label, share } : { label };
			});
			this.confirmed = new Set();
		});
	}

	async remap(column: string, field: string | null): Promise<void> {
		const { draft } = this;
		if (!draft) return;
		const mapping = Object.fromEntries(draft.columns.map(({ name, field: taken }) => [name, taken]));
		// A field is fed by one column: the one chosen last.
		for (const name of Object.keys(mapping)) if (field !== null && mapping[name] === field) mapping[name] = null;
		await this.#change({ mapping: { ...mapping, [column]: field } });
	}

	async redatum(datum: string): Promise<void> {
		this.datum = datum;
		if (this.draft) await this.#change({ datum: datum === 'none' || datum === '' ? null : datum });
	}

	async readSheet(sheet: string): Promise<void> {
		await this.#change({ sheet });
	}

	async declareWhole(whole: boolean): Promise<void> {
		await this.#change({ whole });
	}

	confirm(code: string, on: boolean): void {
		const confirmed = new Set(this.confirmed);
		if (on) confirmed.add(code);
		else confirmed.delete(code);
		this.confirmed = confirmed;
	}

	async commit(): Promise<void> {
		const { draft } = this;
		if (!draft) return;
		await this.#working({ label: m.importPage_committing() }, async () => {
			this.result = await commitDraft(draft.id, { confirm: [...this.confirmed] });
			this.draft = null;
			const { sourceId, added, changed, closed } = this.result;
			toasts.show(
				sourceId === null ? m.importPage_doneNothing() : m.importPage_done({ added, changed, closed }),
				sourceId === null ? {} : { action: { label: m.ui_undo(), run: () => void this.undo(sourceId) } },
			);
			await this.readHistory();
		});
	}

	discard(): void {
		this.draft = null;
		this.fault = null;
	}

	async undo(sourceId: string): Promise<void> {
		await this.#working({ label: m.importPage_undoing() }, async () => {
			const { removed, restored } = await undoSource(sourceId);
			toasts.show(m.importPage_undone({ removed, restored }));
			await this.readHistory();
		});
	}

	async readHistory(): Promise<void> {
		try {
			this.history = await readSources();
		} catch (error) {
			this.fault = error instanceof Error ? error.message : String(error);
		}
	}

	async #change(change: Parameters<typeof changeDraft>[1]): Promise<void> {
		const { draft } = this;
		if (!draft) return;
		await this.#working({ label: m.importPage_reading() }, async () => {
			this.draft = await changeDraft(draft.id, change);
			this.confirmed = new Set([...this.confirmed].filter((code) => this.draft?.needs.includes(code)));
		});
	}

	async #working(work: Work, deed: () => Promise<void>): Promise<void> {
		this.work = work;
		this.fault = null;
		try {
			await deed();
		} catch (error) {
			this.fault = error instanceof Error ? error.message : String(error);
		} finally {
			this.work = null;
		}
	}
}
