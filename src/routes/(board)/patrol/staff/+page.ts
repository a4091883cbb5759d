// Lists with forms need room (see panels/DeskFrame.svelte).
export const load = () => ({ wide: true });
