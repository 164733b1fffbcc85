import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { CallScope } from './callScope.ts';
import type { PartReader } from './events.ts';

export interface OpenedParts {
  readonly reader: PartReader;
  /** Null where the package has answered as a whole, which `reader` has read then. */
  readonly parts: ReadableStreamDefaultReader<unknown> | null;
}

export interface PartSource {
  readonly scope: CallScope;
  /** The call's own signal: its reason is what is thrown once it has aborted. */
  readonly signal: AbortSignal;
  /** Asks the package. */
  open(): Promise<OpenedParts>;
  /** What a package threw, as an error of ours. */
  toError(thrown: unknown): unknown;
}

/**
 * The events of one call, a batch for all that one read of the network brought: a package's stream gives its parts one by one, each in a microtask, so
 * they are taken as they come, and handed on in the next turn of the loop. An iterator by hand, as `wire/stream` is, for the same reason.
 */
export function streamParts(source: PartSource): AsyncIterable<readonly ProviderEvent[]> {
  return { [Symbol.asyncIterator]: () => createIterator(source) };
}

type Step = IteratorResult<readonly ProviderEvent[], undefined>;

function createIterator(source: PartSource): AsyncIterator<readonly ProviderEvent[], undefined> {
  const { scope } = source;
  const done: Step = { done: true, value: undefined };
  let pump: Pump | null = null;
  let over = false;

  /** A package that comes with a stream after its reader has left is told so, if it listens. */
  const open = (): Promise<OpenedParts> => {
    const opened = source.open();
    opened.then(({ parts }) => (over ? parts?.cancel() : undefined)).catch(() => undefined);
    return unlessAborted(opened, scope.signal);
  };
  const advance = async (): Promise<readonly ProviderEvent[]> => {
    scope.demand(true);
    try {
      pump ??= createPump(await open());
      const events = await unlessAborted(pump.next(), scope.signal);
      if (pump.finished) {
        over = true;
        scope.release();
      }
      const limits = scope.heard();
      return limits === null ? events : [{ type: 'limits', limits }, ...events];
    } finally {
      scope.demand(false);
    }
  };
  const leave = (): void => {
    over = true;
    scope.close();
    pump?.cancel();
  };

  return {
    async next(): Promise<Step> {
      if (over) return done;
      try {
        source.signal.throwIfAborted();
        const value = await advance();
        return { done: false, value };
      } catch (thrown) {
        // Who left is told nothing more.
        if (over) return done;
        leave();
        throw source.signal.aborted ? source.signal.reason : source.toError(thrown);
      }
    },
    return(): Promise<Step> {
      leave();
      return Promise.resolve(done);
    },
  };
}

/** A package may not heed the signal that it is given: whoever waits for it does. */
function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

interface Pump {
  /** Some events, waiting for them; throws what ended the answer, once all before it was taken. */
  next(): Promise<readonly ProviderEvent[]>;
  cancel(): void;
  readonly finished: boolean;
}

function createPump({ reader, parts }: OpenedParts): Pump {
  let failure: { readonly error: unknown } | null = null;
  let reading = false;
  let wanted = false;
  let moved = parts === null;
  let wake = (): void => undefined;

  const settle = (read: () => void): void => {
    reading = false;
    try {
      read();
    } catch (error) {
      failure = { error };
    }
    moved = true;
    wake();
    readOn();
  };
  const fail = (error: unknown): void => {
    throw error;
  };
  const readOn = (): void => {
    if (parts === null || reading || !wanted || failure !== null || reader.finished) return;
    reading = true;
    parts.read().then(
      ({ done, value }) => settle(() => (done ? reader.end() : reader.readPart(value))),
      (error: unknown) => settle(() => fail(error)),
    );
  };
  const movement = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });

  return {
    get finished() {
      return reader.finished;
    },
    cancel: () => void parts?.cancel().catch(() => undefined),
    async next() {
      for (;;) {
        wanted = true;
        readOn();
        if (!moved && failure === null) await movement();
        await nextTurn();
        wanted = false;
        moved = false;
        const events = reader.take();
        if (events.length > 0) return events;
        if (failure !== null) throw failure.error;
      }
    },
  };
}
