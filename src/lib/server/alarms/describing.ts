// What an alarm is about, as people call it and where it stands.

import type { LiveState } from '../live/live-state.ts';
import { subjectOf } from './alarm-book.ts';
import type { Describe } from './alarm-row.ts';

export function describing(state: LiveState): Describe {
	return (deviceId, objectNo) => {
		const device = state.devices.get(deviceId);
		const object = (objectNo !== null && state.byNo.get(objectNo)) || device?.object || null;
		const subject = subjectOf(deviceId, object, device?.kind);
		if (deviceId.startsWith('gateway:'))
			return { ...subject, subjectName: `网关 ${deviceId.slice('gateway:'.length)}` };
		return deviceId === 'network' ? { ...subject, subjectName: '全区网络' } : subject;
	};
}
