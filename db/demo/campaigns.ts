// The campaigns of the half-year and the comprehensive risk assessments, each a source of its own so that its sample
// can be found again.

export const CAMPAIGNS = [
	'深基坑专项整治',
	'高支模专项整治',
	'建筑起重机械专项整治',
	'高处坠落专项整治',
	'有限空间专项整治',
	'施工现场消防专项整治',
	'临时用电专项整治',
	'爬架与吊篮专项整治',
	'节后复工复产专项检查',
	'清明节前专项检查',
	'五一节前专项检查',
	'端午节前专项检查',
	'安全生产月专项行动',
	'扬尘与渣土联合检查',
	'汛前专项检查',
] as const;
