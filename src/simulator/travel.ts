// Movement of something heavy from one place to another: it starts softly, runs at its speed and brakes softly.

export interface Drive {
	/** Greatest speed, units per second. */
	speed: number;
	/** Gain and loss of speed, units per second squared. */
	acceleration: number;
}

/** Seconds a way of that length takes. */
export function travelTime(length: number, { speed, acceleration }: Drive): number {
	const way = Math.abs(length);
	const ramp = speed / acceleration;
	return way >= speed * ramp ? way / speed + ramp : 2 * Math.sqrt(way / acceleration);
}

/** How much of the way is done after `seconds`; 0 before the start, all of it after the end. */
export function travelled(length: number, drive: Drive, seconds: number): number {
	const way = Math.abs(length);
	const total = travelTime(way, drive);
	if (seconds <= 0) return 0;
	if (seconds >= total) return length;
	const ramp = Math.min(drive.speed / drive.acceleration, total / 2);
	const peak = ramp * drive.acceleration;
	const left = total - seconds;
	const done =
		seconds < ramp
			? (drive.acceleration * seconds ** 2) / 2
			: left < ramp
				? way - (drive.acceleration * left ** 2) / 2
				: (peak * ramp) / 2 + peak * (seconds - ramp);
	return Math.sign(length) * done;
}
