// A list beside raw bytes needs room: the columns make way (see panels/DeskFrame.svelte).
export const load = () => ({ wide: true });
