import { expect, test } from 'vitest';
import type { Sink } from '../../../web/src/graph/latest.ts';
import { latestOf } from '../../../web/src/graph/latest.ts';

function openSource() {
  const calls: string[] = [];
  const sinks: Sink<number>[] = [];
  const values = latestOf<number>(
    (sink) => {
      sinks.push(sink);
      return () => calls.push('left');
    },
    async () => void calls.push('paused'),
  );
  const [sink] = sinks;
  if (sink === undefined) throw new Error('The source was not opened.');
  return { values, sink, calls };
}

test('a slow reader sees the newest value and always the last', async () => {
  const { values, sink } = openSource();
  sink.next(1);
  expect(await values.next()).toEqual({ done: false, value: 1 });
  sink.next(2);
  sink.next(3);
  sink.end();
  expect(await values.next()).toEqual({ done: false, value: 3 });
  expect(await values.next()).toEqual({ done: true, value: undefined });
});

test('the first value comes without a pause', async () => {
  const { values, sink, calls } = openSource();
  const first = values.next();
  sink.next(1);
  await first;
  expect(calls).toEqual([]);
  sink.next(2);
  await values.next();
  expect(calls).toEqual(['paused']);
});

test('leaving reaches the source at once and ends a waiting read', async () => {
  const { values, calls } = openSource();
  const waiting = values.next();
  void values.return?.();
  expect(calls).toEqual(['left']);
  expect(await waiting).toEqual({ done: true, value: undefined });
});
