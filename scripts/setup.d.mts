/** Builds the pages unless what was built is of the sources as they are. */
export function ensureBuilt(): Promise<void>;
