// A table with sources needs room: the columns beside the page make way (see panels/DeskFrame.svelte).
export const load = () => ({ wide: true });
