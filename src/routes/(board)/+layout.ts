// The board lives in the browser: a map, a socket, an address that changes without loading. There is nothing to
// render on the server but the frame.
export const ssr = false;
