// What the person at the screen may do to alarms, as the server has answered for the page.

export interface MayMove {
	acknowledge: boolean;
	handle: boolean;
	shelve: boolean;
	comment: boolean;
}
