// What a device is called where its alarm is told: a site has many, and its own name would not say which one speaks.

import type { RegisterDevice } from '../repositories/live-register.ts';

const KIND_NAME: Record<RegisterDevice['kind'], string> = {
	craneMonitor: '塔机监测仪',
	hoistMonitor: '升降机监测仪',
	pitSensor: '基坑传感器',
	dustStation: '扬尘监测站',
	camera: '摄像头',
	tracker: '定位器',
	unloadingPlatform: '卸料平台',
	gondola: '吊篮',
	hotWork: '焊机',
};

export const deviceName = (kind: RegisterDevice['kind'], id: string) => `${KIND_NAME[kind]} ${id}`;
