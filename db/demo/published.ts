// What Xiaoshan's bureau published about the first half of 2025, to the number. The demonstration district reproduces it.

export const PUBLISHED = {
	sites: 540,
	floorAreaM2: 38_420_000,
	sitesWithDeepPit: 129,
	highFormworks: 24,
	climbingScaffolds: 13,
	machinesInUse: 1071,
	/** Machines tested by third-party agencies within the half-year. */
	machinesTested: 806,
	contractors: 267,
	craneIntegratedFirms: 68,
	testingAgencies: 5,
	experts: 131,
	expertsJoined: 51,
	/** 25 % of 131, rounded to people. */
	expertsSenior: 33,
	patrolVisits: 1280,
	patrolHazards: 3860,
	stopWorkOrders: 72,
	assessments: 29,
	assessmentHazards: 3894,
	assessmentMajorHazards: 69,
	campaigns: 15,
	campaignSites: 156,
	campaignHazards: 482,
} as const;
