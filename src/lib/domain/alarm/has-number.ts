// Whether an alarm has a number to show. Something that is said or not is 1 or 0 and has none.

interface Measured {
	value: number | null;
	limit: number;
	unit: string;
}

export function hasNumber<A extends Measured>(alarm: A): alarm is A & { value: number } {
	return alarm.value !== null && !(alarm.unit === '' && alarm.limit === 1);
}
