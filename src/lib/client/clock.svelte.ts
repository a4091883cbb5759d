// The second hand of a page, for ages on screen. One ticker per page; the time is the server's, since the clock of the
// machine before which somebody sits may be wrong.

export class Clock {
	now = $state.raw(new Date());

	/** @param time - what time it is. @returns stops it */
	follow(time: () => Date): () => void {
		const ticker = setInterval(() => (this.now = time()), 1000);
		return () => clearInterval(ticker);
	}

	secondsSince(at: Date | string): number {
		return (this.now.getTime() - new Date(at).getTime()) / 1000;
	}
}
