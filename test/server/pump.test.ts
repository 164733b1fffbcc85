import type { ExecutionResult } from 'graphql';
import { expect, test } from 'vitest';
import type { Sink } from '../../src/server/outlet.ts';
import { createOutlet } from '../../src/server/outlet.ts';
import { pump } from '../../src/server/pump.ts';
import { createEventLog } from '../support/eventLog.ts';
import { createManualClock } from '../support/manualClock.ts';

interface Pipe extends Sink {
  readonly written: string[];
  /** The reader takes all that waits for it. */
  take(): void;
}

/** A way to a reader who takes nothing by himself. */
function createPipe(): Pipe {
  const written: string[] = [];
  let waiting: (() => void)[] = [];
  let length = 0;
  return {
    written,
    get writableLength() {
      return length;
    },
    write(bytes, flushed) {
      if (bytes.length > 0) written.push(String(bytes));
      length += bytes.length;
      waiting.push(flushed);
    },
    take() {
      const flushed = waiting;
      waiting = [];
      length = 0;
      for (const tell of flushed) tell();
    },
  };
}

const result = (text: string): ExecutionResult => ({ data: { text } });

function house() {
  const clock = createManualClock();
  const pipe = createPipe();
  const events = createEventLog<ExecutionResult>();
  const ends: unknown[] = [];
  const stuck: string[] = [];
  const outlet = createOutlet(pipe, { clock, slowReaderBytes: 10, slowReaderMs: 1000, onStuck: () => stuck.push('stuck') });
  const start = (cursor = events.cursor()) =>
    pump(cursor, { outlet, encode: (results) => results.map(({ data }) => data?.['text']).join(''), onEnd: (thrown) => ends.push(thrown) });
  return { clock, pipe, events, ends, stuck, outlet, start };
}

test('what arrives together is written together, and the end is told once', () => {
  const { pipe, events, ends, start } = house();
  start();
  events.append(result('a'), result('b'));
  events.append(result('c'));
  expect(pipe.written).toEqual(['ab', 'c']);
  expect(ends).toEqual([]);
  events.end();
  expect(ends).toEqual([undefined]);
});

test('nothing is read for a reader who has enough, until he has taken it', () => {
  const { pipe, events, start } = house();
  start();
  events.append(result('more than ten'));
  events.append(result('later'));
  expect(pipe.written).toEqual(['more than ten']);
  pipe.take();
  expect(pipe.written).toEqual(['more than ten', 'later']);
});

test('a reader who stays slow is given up, one who was slow is not', async () => {
  const { clock, pipe, events, stuck, start } = house();
  start();
  events.append(result('more than ten'));
  await clock.advance(999);
  pipe.take();
  await clock.advance(5000);
  expect(stuck).toEqual([]);
  events.append(result('more than ten again'));
  await clock.advance(1000);
  expect(stuck).toEqual(['stuck']);
  pipe.take();
  events.append(result('never'));
  expect(pipe.written).toEqual(['more than ten', 'more than ten again']);
});

test('a full way that something else has filled is waited for, too', () => {
  const { pipe, events, start } = house();
  pipe.write('something else', () => undefined);
  start();
  events.append(result('a'));
  expect(pipe.written).toEqual(['something else']);
  pipe.take();
  expect(pipe.written).toEqual(['something else', 'a']);
});

test('a cursor that cannot go on is closed, and its error is the end', () => {
  const { events, ends, start } = house();
  const lost = new Error('The events are no longer kept.');
  const read = () => {
    throw lost;
  };
  start({ ...events.cursor(), read });
  expect(ends).toEqual([lost]);
  expect(events.leavings).toEqual(['CUT']);
});
