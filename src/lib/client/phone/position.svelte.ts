// Where the phone is, read only when something asks for it, and said so on the screen. Nothing is read in between.

import type { FieldFix } from '#lib/contract/field.ts';

const WITHIN_MS = 12_000;

export class Position {
	isReading = $state(false);
	last = $state.raw<{ fix: FieldFix; at: Date } | null>(null);

	/** Null when there is none: no permission, no satellites, no secure address. */
	read(): Promise<FieldFix | null> {
		if (!('geolocation' in navigator)) return Promise.resolve(null);
		this.isReading = true;
		return new Promise<FieldFix | null>((resolve) => {
			navigator.geolocation.getCurrentPosition(
				({ coords }) => resolve({ at: [coords.longitude, coords.latitude], accuracyM: coords.accuracy }),
				() => resolve(null),
				{ enableHighAccuracy: true, timeout: WITHIN_MS, maximumAge: 0 },
			);
		}).then((fix) => {
			this.isReading = false;
			if (fix) this.last = { fix, at: new Date() };
			return fix;
		});
	}
}
