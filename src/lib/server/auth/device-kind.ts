// What kind of device a browser runs on, as far as it says so; for people who ask where an alarm was seen.

export function deviceKind(agent: string): 'phone' | 'tablet' | 'computer' {
	if (/iPad|Tablet/i.test(agent)) return 'tablet';
	return /Mobile|Android|iPhone|HarmonyOS/i.test(agent) ? 'phone' : 'computer';
}
