// npm that is ended by whoever watches over it does not always pass that on; what it started must not live on unseen.

const LOOK_EVERY_MS = 500;

/** Calls `end` once npm, which runs `npm start`, is gone. Started another way, nobody is waited for. */
export function whenOrphaned(end) {
	if (process.env.npm_lifecycle_event !== 'start') return;
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(timer);
		end();
	}, LOOK_EVERY_MS);
}
