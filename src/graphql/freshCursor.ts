import type { EventCursor } from '../gateway/cursor.ts';
import { iterate } from '../gateway/cursor.ts';
import type { GraphContext } from './context.ts';

/** Events that come long after one another: what was looked up for one is forgotten at the next. */
export function freshCursor<Event>(source: EventCursor<Event>, { loaders }: Pick<GraphContext, 'loaders'>): EventCursor<Event> {
  const fresh: EventCursor<Event> = {
    read(most) {
      const events = source.read(most);
      if (events.length > 0) for (const loader of Object.values(loaders)) loader.clearAll();
      return events;
    },
    get ended() {
      return source.ended;
    },
    wait: (listener) => source.wait(listener),
    close: (leaving) => source.close(leaving),
    [Symbol.asyncIterator]: () => iterate(fresh),
  };
  return fresh;
}
