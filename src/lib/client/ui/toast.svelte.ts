// Short notices at the edge of the screen, each with at most one way back. Bounded: the oldest gives way.

export interface Toast {
	id: number;
	text: string;
	tone: 'plain' | 'trouble';
	/** Label and deed of the one button, for instance to undo. */
	action?: { label: string; run: () => void };
}

const LIMIT = 4;
const STAYS_MS = 8000;

export class Toasts {
	list = $state.raw<readonly Toast[]>([]);
	#next = 1;

	show(text: string, options: { tone?: Toast['tone']; action?: Toast['action'] } = {}): number {
		const toast: Toast = { id: this.#next++, text, tone: options.tone ?? 'plain', action: options.action };
		this.list = [...this.list, toast].slice(-LIMIT);
		// Trouble stays until it is read; the rest goes by itself.
		if (toast.tone === 'plain') setTimeout(() => this.dismiss(toast.id), STAYS_MS);
		return toast.id;
	}

	dismiss(id: number): void {
		this.list = this.list.filter((toast) => toast.id !== id);
	}
}

export const toasts = new Toasts();
