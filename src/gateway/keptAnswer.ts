import type { Call } from './call.ts';
import { keepCall } from './call.ts';
import { createCallLog } from './callLog.ts';
import type { CallRegistry } from './callRegistry.ts';
import type { KeptEvent } from './keptEvents.ts';
import { endingOf, packEvents, unpackEvents } from './keptEvents.ts';
import { readKept, writeKept } from './keptText.ts';
import type { KeyedWork } from './keyedWork.ts';

/** Completions under a key: what is kept are the events of the stream, so that it comes back as it was. */
export function keyedCompletions(registry: CallRegistry): KeyedWork<Call> {
  return {
    find: (id) => registry.find(id)?.call ?? null,
    ended: ({ ended }) => ended.then((kept) => ({ state: kept.state, write: () => writeAnswer(kept) })),
    revive(text, owner) {
      const call = readAnswer(text);
      if (call !== null) registry.add(call, owner, true);
      return call;
    },
  };
}

/** Null when the events are no longer there. */
function writeAnswer({ log }: Call): string | null {
  const cursor = log.subscribe(0);
  try {
    return writeKept(packEvents(cursor.read()));
  } catch {
    return null;
  } finally {
    cursor.close();
  }
}

/** The call again, as if it had just ended here. */
function readAnswer(text: string): Call | null {
  // Nobody else can have sealed it, and its version says that the form is ours.
  const kept = (readKept(text) ?? []) as readonly KeptEvent[];
  const completion = endingOf(kept);
  if (completion === null) return null;
  const log = createCallLog(() => {});
  for (const event of unpackEvents(kept)) log.append(event);
  return keepCall(log, completion);
}
