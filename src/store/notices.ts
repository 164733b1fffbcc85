/** A notice's text; null when some may have been lost: the connection was made, or made anew. */
export type NoticeListener = (payload: string | null) => void;

/** What other processes on the same database say, as a hint only: notices get lost, and nothing may depend on them to be right. */
export interface Notices {
  listen(channel: string, listener: NoticeListener): Disposable;
}

/** For a database that one process has for itself: there is nobody to hear. */
export const noNotices: Notices = { listen: () => ({ [Symbol.dispose]: () => undefined }) };
