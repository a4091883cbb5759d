// Welding machines that work, as the map shows them.

/** One of them; also the data of `hotwork:changed`. */
export interface HotWorkPin {
	deviceId: string;
	siteId: string;
	siteName: string;
	/** [longitude, latitude], WGS 84: its own position, else that of its site. */
	at: [number, number];
	/** Whether it told where it is. */
	isPlaced: boolean;
	/** `unknown`: it fell silent while it welded; `gone`: it stopped, or was silent for too long. */
	state: 'welding' | 'unknown' | 'gone';
	/** ISO 8601: when it began, and when it said so last. */
	since: string;
	saidAt: string;
}

/** GET /api/v1/hot-work */
export interface HotWorkList {
	/** `gone` ones are not in it. */
	items: HotWorkPin[];
}
