import type { Cell } from '../cell.ts';
import { createCell } from '../cell.ts';
import type { GraphResult } from '../graph/result.ts';
import { firstMessage, isRecord } from '../graph/result.ts';
import { readCompletionEvent } from './event.ts';
import type { StreamObserver } from './observer.ts';
import type { StreamState } from './state.ts';
import { advance, beginStream, close } from './state.ts';

/** One run of a subscription of completions: the streams in the order in which they were first heard of. */
export interface Run {
  readonly beganAtMs: number;
  readonly open: boolean;
  readonly streams: readonly StreamState[];
  /** Why the subscription itself was refused, where it was. */
  readonly refusal: string | null;
}

/** The last run of each of GraphiQL's tabs, by the tab's id. */
export type Runs = ReadonlyMap<string, Run>;

export interface StreamBoard {
  readonly runs: Cell<Runs>;
  /** Says which tab's runs begin from now on. */
  select(tab: string): void;
  /** Begins a run in the selected tab. `fields` are the response keys that carry completion events; without any there is nothing to show. */
  begin(fields: readonly string[]): StreamObserver;
  /** Takes the selected tab's run away, for an operation that streams no completion. */
  clear(): void;
}

const silent: StreamObserver = { received() {}, ended() {}, left() {} };

/**
 * `now` tells milliseconds on a clock that never goes back. `later` runs a task soon: what arrives until then is shown together,
 * because a stream can be faster than a page is drawn.
 */
export function createStreamBoard(now: () => number, later: (task: () => void) => void): StreamBoard {
  const runs = createCell<Runs>(new Map());
  let selected = '';
  const clear = (): void => {
    const others = [...runs.get()].filter(([tab]) => tab !== selected);
    runs.set(new Map(others));
  };
  return {
    runs,
    select(tab) {
      selected = tab;
    },
    begin(fields) {
      if (fields.length === 0) {
        clear();
        return silent;
      }
      const tab = selected;
      const put = (run: Run): void => runs.set(new Map(runs.get()).set(tab, run));
      return observe({ fields, now, later, put });
    },
    clear,
  };
}

interface Observed {
  readonly fields: readonly string[];
  readonly now: () => number;
  readonly later: (task: () => void) => void;
  readonly put: (run: Run) => void;
}

function observe({ fields, now, later, put }: Observed): StreamObserver {
  let run: Run = { beganAtMs: now(), open: true, streams: [], refusal: null };
  let shown: Run | null = null;
  let due = false;
  const show = (): void => {
    due = false;
    if (shown !== run) put(run);
    shown = run;
  };
  const finish = (how: 'stopped' | 'cut'): void => {
    run = { ...run, open: false, streams: run.streams.map((stream) => close(stream, how)) };
    show();
  };
  show();
  return {
    received(result) {
      run = { ...run, streams: take(run, valuesOf(result, fields), now()), refusal: firstMessage(result) ?? run.refusal };
      if (due) return;
      due = true;
      later(show);
    },
    ended: () => finish('cut'),
    left: () => finish('stopped'),
  };
}

function valuesOf({ data }: GraphResult, fields: readonly string[]): readonly unknown[] {
  return isRecord(data) ? fields.map((field) => data[field]) : [];
}

function take(run: Run, values: readonly unknown[], atMs: number): readonly StreamState[] {
  let { streams } = run;
  for (const value of values) {
    const event = readCompletionEvent(value);
    if (event === null) continue;
    const known = streams.find(({ completionId }) => completionId === event.completionId);
    const next = advance(known ?? beginStream(event.completionId, run.beganAtMs), event, atMs);
    streams = known === undefined ? [...streams, next] : streams.map((stream) => (stream === known ? next : stream));
  }
  return streams;
}
