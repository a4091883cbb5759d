// What kind of device a browser runs on, as far as it says so; for people who ask where an alarm was seen.

export function deviceKind(agent: string): '手机' | '平板' | '电脑' {
	if (/iPad|Tablet/i.test(agent)) return '平板';
	return /Mobile|Android|iPhone|HarmonyOS/i.test(agent) ? '手机' : '电脑';
}
