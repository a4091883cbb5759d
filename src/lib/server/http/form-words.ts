// A field of a form that holds several words: by commas of either script, or blanks.

export function words(field: FormDataEntryValue | null): string[] {
	return String(field ?? '')
		.split(/[,，、\s]+/)
		.filter((word) => word !== '');
}
