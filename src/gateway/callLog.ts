import type { CompletionEvent } from '../domain/completion.ts';
import { isTerminal } from '../domain/completion.ts';
import { GatewayError } from '../domain/errors.ts';
import type { EventCursor, EventSource, Leaving } from './cursor.ts';
import { createCursor } from './cursor.ts';
import type { KeptEvents } from './keptEvents.ts';
import { keepEvents } from './keptEvents.ts';

/** The events of one call, kept for whoever reads along, comes late or comes back. The event with sequence n stands at n - 1. */
export interface CallLog {
  append(event: CompletionEvent): void;
  readonly length: number;
  readonly ended: boolean;
  /** About what the kept events take, in bytes. */
  readonly bytes: number;
  readonly readers: number;
  subscribe(after: number): EventCursor<CompletionEvent>;
  /** Lets go of all events; whoever still needs them is told STREAM_EXPIRED. */
  drop(): void;
}

/** Beside its texts, a delta takes about this much, and the terminal event, with its completion, this much. */
const eventBytes = 160;
const completionBytes = 4096;

/** `onReaderLeft` is told as long as the call has not ended; afterwards nobody who leaves matters, and what it holds on to is let go. */
export function createCallLog(onReaderLeft: (leaving: Leaving) => void): CallLog {
  let events: CompletionEvent[] = [];
  /** In place of the events, once there will be no more. */
  let kept: KeptEvents | null = null;
  /** How many there were, once they have been let go. */
  let dropped: number | null = null;
  let bytes = 0;
  let readers = 0;
  let readerLeft: ((leaving: Leaving) => void) | null = onReaderLeft;
  let listeners: (() => void)[] = [];

  function wake(): void {
    const woken = listeners;
    listeners = [];
    for (const listener of woken) listener();
  }

  function end(terminal: CompletionEvent): void {
    readerLeft = null;
    kept = keepEvents(events);
    events = [];
    bytes = completionBytes + kept.bytes + textLength(terminal) * 2;
  }

  const source: EventSource<CompletionEvent> = {
    get length() {
      return dropped ?? kept?.length ?? events.length;
    },
    get ended() {
      return kept !== null;
    },
    slice(position, most) {
      if (dropped !== null) throw new GatewayError('STREAM_EXPIRED', 'The events of this completion are no longer kept.');
      const to = Math.min(source.length, position + most);
      return kept?.slice(position, to) ?? events.slice(position, to);
    },
    onceChanged(listener) {
      listeners.push(listener);
      return () => {
        listeners = listeners.filter((other) => other !== listener);
      };
    },
    left(leaving) {
      readers--;
      readerLeft?.(leaving);
    },
  };

  return {
    append(event) {
      events.push(event);
      bytes += eventBytes + textLength(event) * 2;
      if (isTerminal(event)) end(event);
      wake();
    },
    get length() {
      return source.length;
    },
    get ended() {
      return source.ended;
    },
    get bytes() {
      return bytes;
    },
    get readers() {
      return readers;
    },
    subscribe(after) {
      readers++;
      // Who has seen more than there is has seen another call, of a process that is gone: this one is told whole.
      return createCursor(source, after > source.length ? 0 : after);
    },
    drop() {
      dropped = source.length;
      kept = keepEvents([]);
      events = [];
      bytes = 0;
    },
  };
}

function textLength(event: CompletionEvent): number {
  if (event.__typename === 'CompletionFinished' || event.__typename === 'CompletionFailed') return event.completion.text?.length ?? 0;
  if (event.__typename !== 'CompletionDelta') return 0;
  const calls = event.toolCalls.reduce((sum, call) => sum + call.arguments.length, 0);
  return event.text.length + (event.reasoning?.length ?? 0) + calls;
}
