// The points of a pit need room: the columns beside the page make way (see panels/DeskFrame.svelte).
export const load = () => ({ wide: true });
