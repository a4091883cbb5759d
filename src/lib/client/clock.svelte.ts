// The browser's second hand, for ages on screen. One ticker per page.

export class Clock {
	now = $state.raw(new Date());

	/** @returns stops it */
	follow(): () => void {
		const ticker = setInterval(() => (this.now = new Date()), 1000);
		return () => clearInterval(ticker);
	}

	secondsSince(at: Date | string): number {
		return (this.now.getTime() - new Date(at).getTime()) / 1000;
	}
}
