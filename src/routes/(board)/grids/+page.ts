// Loads before and after need room (see panels/DeskFrame.svelte).
export const load = () => ({ wide: true });
