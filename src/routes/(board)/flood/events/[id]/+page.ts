// A book needs room (see panels/DeskFrame.svelte).
export const load = ({ params }: { params: { id: string } }) => ({ wide: true, eventId: params.id });
