import { createClient } from 'graphql-ws';
import type { StreamObserver } from '../stream/observer.ts';
import type { GraphRequest, Headers } from './http.ts';
import type { Sink } from './latest.ts';
import { latestOf } from './latest.ts';
import type { GraphResult } from './result.ts';
import { failure, isRecord } from './result.ts';

const redrawEveryMs = 50;

interface Listening {
  readonly headers: Headers;
  /** Told of every result, as it arrives. */
  readonly observer: StreamObserver;
}

/**
 * Subscribes over GraphQL over WebSocket and answers the latest results. One connection a subscription, so that a changed key or header holds
 * from the next run on. A lost connection is not retried: sent again, a completion would be paid for again.
 */
export function subscribe(url: string, request: GraphRequest, { headers, observer }: Listening): AsyncIterableIterator<GraphResult> {
  const client = createClient({ url, connectionParams: { ...headers }, retryAttempts: 0 });
  return latestOf<GraphResult>((sink) => {
    const told = tellBoth(sink, observer);
    const close = client.subscribe(
      { ...request, variables: { ...request.variables } },
      {
        next: (result) => told.received(isRecord(result) ? result : {}),
        error(problem) {
          told.received(explain(problem));
          told.ended();
        },
        complete: told.ended,
      },
    );
    return () => {
      told.left();
      close();
    };
  }, pause);
}

/** Once it has ended, nothing more is told: leaving makes the client say that it is complete, and that is no end of the stream. */
function tellBoth(sink: Sink<GraphResult>, observer: StreamObserver): StreamObserver {
  let open = true;
  const close = (tell: () => void): void => {
    if (open) tell();
    open = false;
    sink.end();
  };
  return {
    received(result) {
      if (!open) return;
      observer.received(result);
      sink.next(result);
    },
    ended: () => close(observer.ended),
    left: () => close(observer.left),
  };
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, redrawEveryMs));
}

/** What graphql-ws throws: the errors of an `error` message, the event of a close, or a failure to connect. */
function explain(problem: unknown): GraphResult {
  if (Array.isArray(problem)) return { errors: problem };
  if (problem instanceof CloseEvent) return explainClose(problem);
  return failure('The gateway could not be reached over WebSocket.');
}

/** 4401 and 4403 are what GraphQL over WebSocket servers close with when the connection's credentials are missing or refused. */
function explainClose({ code, reason }: CloseEvent): GraphResult {
  const said = reason === '' ? '' : `: ${reason}`;
  if (code === 4401 || code === 4403) return failure(`The gateway refused the key${said}`, 'UNAUTHENTICATED');
  return failure(`The connection was closed (${code}${said}).`);
}
