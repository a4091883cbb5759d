// A wall is a map and a stream: there is nothing to render on the server.
export const ssr = false;
