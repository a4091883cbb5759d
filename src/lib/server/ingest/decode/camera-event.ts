// What cameras call the things they see. The same thing goes by many names; rules know one.

/** Names as rules know them, with what vendors write: compared without case, blanks, hyphens and underscores. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
	fire: ['fireAlarm', 'fireDetection', '明火', '火焰', '火情', '着火', '烟火'],
	flame: [],
	openFire: [],
	smoke: ['smokeAlarm', 'smokeDetection', '烟雾', '冒烟', '浓烟'],
	intrusion: ['intrusionDetection', 'personIntrusion', '入侵', '人员入侵', '人员闯入', '闯入'],
	zoneIntrusion: ['areaIntrusion', 'regionIntrusion', '区域入侵', '禁区闯入', '危险区域闯入', '周界入侵'],
	edgeIntrusion: ['临边入侵', '临边闯入', '临边越界'],
	noHelmet: ['withoutHelmet', 'helmetMissing', 'noSafetyHelmet', '未戴安全帽', '未佩戴安全帽', '没戴安全帽'],
	noVest: ['withoutVest', 'noReflectiveVest', '未穿反光衣', '未穿反光背心', '未穿戴反光衣'],
	noHarness: ['withoutHarness', 'noSafetyHarness'],
	noSafetyBelt: ['noBelt', '未系安全带', '未佩戴安全带', '未挂安全带'],
};

const key = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');
const KNOWN = new Map(
	Object.entries(ALSO).flatMap(([name, others]) => [name, ...others].map((other) => [key(other), name] as const)),
);

/** The name rules know it by; one that nobody knows stays as it is. */
export const cameraEvent = (name: string): string => KNOWN.get(key(name)) ?? name;
