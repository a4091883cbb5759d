/** What is chosen, with one more; or without it, if it was. */
export function toggled<T>(chosen: readonly T[], one: T): T[] {
	return chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one];
}
