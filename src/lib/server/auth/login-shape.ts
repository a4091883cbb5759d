// What a login looks like: typed on any keyboard, the same in every place it is written.

export const LOGIN_SHAPE = /^[a-z][a-z0-9._-]{2,31}$/;
