// The sound of an alarm that proves it can sound: it is off, on, or blocked by the browser, and the page says which.

type SoundState = 'off' | 'on' | 'blocked';

const KEY = 'sitewatch.sound';
const TESTED = 'sitewatch.soundTested';

export class AlarmSound {
	state = $state<SoundState>('off');
	/** When somebody last heard that it works; null: never. */
	testedMs = $state<number | null>(null);
	/** Somebody was asked to try it and will do so later, or has switched it off. */
	isPutOff = $state(false);
	/** What was chosen before has been taken up. */
	isReady = $state(false);
	#context: AudioContext | undefined;

	/** Takes up what was chosen before; a browser that wants a click first answers `blocked`. */
	async restore(): Promise<void> {
		const tested = Number(localStorage.getItem(TESTED));
		this.testedMs = tested > 0 ? tested : null;
		if (localStorage.getItem(KEY) === 'on') await this.#open();
		this.isReady = true;
	}

	/** Somebody touched the page: what the browser had forbidden until then may sound now. */
	touched(): void {
		if (this.state === 'blocked') void this.#context?.resume();
	}

	/** On, and heard: the test at the beginning of a shift. */
	async test(): Promise<void> {
		localStorage.setItem(KEY, 'on');
		await this.#open();
		this.announce('danger');
		if (this.state !== 'on') return;
		this.testedMs = Date.now();
		localStorage.setItem(TESTED, String(this.testedMs));
	}

	/** Off → on with an audible proof, on → off, blocked → another try (this is the click the browser wants). */
	async toggle(): Promise<void> {
		if (this.state === 'on') {
			localStorage.removeItem(KEY);
			this.state = 'off';
			this.isPutOff = true;
			return;
		}
		localStorage.setItem(KEY, 'on');
		await this.#open();
		this.announce('notice');
	}

	/** Two falling tones for danger, one for the rest; silent unless the state is `on`. */
	announce(level: 'notice' | 'warning' | 'danger'): void {
		if (this.state !== 'on' || !this.#context) return;
		const tones = level === 'danger' ? [880, 660, 880, 660] : level === 'warning' ? [740, 620] : [620];
		tones.forEach((hertz, at) => this.#tone(hertz, at * 0.22));
	}

	close(): void {
		void this.#context?.close();
		this.#context = undefined;
	}

	async #open(): Promise<void> {
		if (!this.#context) {
			this.#context = new AudioContext();
			// A browser may silence a page that sounded, and let it sound again.
			this.#context.onstatechange = () => this.#look();
		}
		// A context that may not start never answers; what it is after a moment is what counts.
		await Promise.race([this.#context.resume(), new Promise((done) => setTimeout(done, 300))]);
		this.#look();
	}

	#look(): void {
		if (localStorage.getItem(KEY) === 'on') this.state = this.#context?.state === 'running' ? 'on' : 'blocked';
	}

	#tone(hertz: number, afterS: number): void {
		const context = this.#context!;
		const start = context.currentTime + afterS;
		const oscillator = new OscillatorNode(context, { frequency: hertz, type: 'triangle' });
		const gain = new GainNode(context, { gain: 0 });
		gain.gain.setValueAtTime(0, start);
		gain.gain.linearRampToValueAtTime(0.3, start + 0.02);
		gain.gain.exponentialRampToValueAtTime(0.001, start + 0.2);
		oscillator.connect(gain).connect(context.destination);
		oscillator.start(start);
		oscillator.stop(start + 0.21);
	}
}
