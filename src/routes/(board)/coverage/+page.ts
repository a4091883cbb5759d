// Meters, plots and lists need room: the columns beside the page make way (see panels/DeskFrame.svelte).
export const load = () => ({ wide: true });
