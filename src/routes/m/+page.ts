// Lives in the phone: there is nothing to render on the server, and the page must start without one.
export const ssr = false;
