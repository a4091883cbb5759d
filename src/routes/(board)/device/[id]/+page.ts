// A long curve needs room: the columns make way (see panels/DeskFrame.svelte).
export const load = () => ({ wide: true });
