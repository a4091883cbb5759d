// A table of rules needs room (see panels/DeskFrame.svelte).
export const load = () => ({ wide: true });
