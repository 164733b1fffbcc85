import type { ExecutionResult } from 'graphql';
import type { EventCursor } from '../gateway/cursor.ts';
import type { Timer } from '../ports/clock.ts';
import type { Exchange } from './exchange.ts';
import { createOutlet } from './outlet.ts';
import type { ServerParts } from './parts.ts';
import { pump } from './pump.ts';

/** An answer that is written as events. A client that goes, or never reads, ends it. */
export interface EventStream {
  /** One result, and the end. */
  end(result: ExecutionResult): void;
  /** All results of a cursor, and the end. `explain` is for what a cursor throws that cannot go on. */
  follow(cursor: EventCursor<ExecutionResult>, explain: (thrown: unknown) => ExecutionResult): void;
  /** This result, and the end, whatever is followed. */
  cut(result: ExecutionResult): void;
}

const complete = 'event: complete\ndata:\n\n';
/** A comment; some browsers hand out the headers only with the first byte. */
const heartbeat = ':\n\n';

const streamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-content-type-options': 'nosniff',
  // nginx would otherwise hold events back.
  'x-accel-buffering': 'no',
};

export function openEventStream({ response, headers }: Exchange, { settings, clock, telemetry }: ServerParts): EventStream {
  response.writeHead(200, { ...headers, ...streamHeaders });
  const { slowReaderBytes, slowReaderMs, timeouts } = settings;
  const outlet = createOutlet(response, { clock, slowReaderBytes, slowReaderMs, onStuck: () => response.destroy() });
  let timer: Timer | null = null;
  const beat = (): void => {
    if (!outlet.full) outlet.write(heartbeat);
    timer = clock.timer(timeouts.pingMs, beat);
  };
  beat();
  response.once('close', () => {
    timer?.clear();
    outlet.close();
  });
  let cutOff = (): void => undefined;
  const finish = (text: string): void => {
    timer?.clear();
    if (!response.destroyed && !response.writableEnded) response.end(text + complete);
  };
  return {
    end: (result) => finish(encodeNext(result)),
    follow(cursor, explain) {
      // An event stream goes one way: its client cannot say that it leaves.
      if (response.destroyed) return cursor.close('CUT');
      cutOff = () => {
        if (!cursor.ended) cursor.close('CUT');
      };
      response.once('close', cutOff);
      response.once('close', telemetry.opened('EVENT_STREAM_SUBSCRIPTION'));
      const onEnd = (thrown?: unknown): void => finish(thrown === undefined ? '' : encodeNext(explain(thrown)));
      pump(cursor, { outlet, encode: (results) => results.map(encodeNext).join(''), onEnd });
    },
    cut(result) {
      cutOff();
      finish(encodeNext(result));
    },
  };
}

function encodeNext(result: ExecutionResult): string {
  return `event: next\ndata: ${JSON.stringify(result)}\n\n`;
}
