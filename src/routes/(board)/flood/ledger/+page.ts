// A ledger needs room (see panels/DeskFrame.svelte).
export const load = () => ({ wide: true });
