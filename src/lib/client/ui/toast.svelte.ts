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
	/** When each goes by itself. */
	readonly #leaving = new Map<number, ReturnType<typeof setTimeout>>();

	show(text: string, options: { tone?: Toast['tone']; action?: Toast['action'] } = {}): number {
		const toast: Toast = { id: this.#next++, text, tone: options.tone ?? 'plain', action: options.action };
		this.list = [...this.list, toast].slice(-LIMIT);
		this.release(toast);
		return toast.id;
	}

	/** Somebody points at it, or has reached it by the keyboard: it does not go while it is being read. */
	hold({ id }: Pick<Toast, 'id'>): void {
		clearTimeout(this.#leaving.get(id));
		this.#leaving.delete(id);
	}

	/** Trouble stays until it is read; the rest goes by itself. */
	release({ id, tone }: Pick<Toast, 'id' | 'tone'>): void {
		this.hold({ id });
		if (tone === 'plain')
			this.#leaving.set(
				id,
				setTimeout(() => this.dismiss(id), STAYS_MS),
			);
	}

	dismiss(id: number): void {
		this.hold({ id });
		this.list = this.list.filter((toast) => toast.id !== id);
	}
}

export const toasts = new Toasts();
