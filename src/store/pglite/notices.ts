import type { Queries } from '../database.ts';
import type { NoticeListener, Notices } from '../notices.ts';
import type { PgliteClient } from './client.ts';

/** The one process hears itself: nothing is lost, so that no listener is ever told that something may have been. */
export function createPgliteNotices({ onNotice }: Pick<PgliteClient, 'onNotice'>, exec: Queries['exec']): Notices {
  const listeners = new Map<string, Set<NoticeListener>>();
  onNotice(({ channel, payload }) => {
    for (const listener of listeners.get(channel) ?? []) listener(payload);
  });
  return {
    listen(channel, listener) {
      const others = listeners.get(channel);
      if (others === undefined) {
        listeners.set(channel, new Set([listener]));
        // It fails with the database alone, and then everybody hears of it.
        exec(`listen "${channel}"`).catch(() => undefined);
      } else others.add(listener);
      return { [Symbol.dispose]: () => void listeners.get(channel)?.delete(listener) };
    },
  };
}
