// What a flood event is called until somebody gives it a better name: by the day it began on the bureau's clock.

import { dayIn } from './season.ts';

export function eventName(beganAt: Date, zone: string): string {
	return `${dayIn(zone, beganAt)} 汛情`;
}
