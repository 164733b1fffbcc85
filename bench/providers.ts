/**
 * What an event of each wire format costs: `node bench/providers.ts` reads streams of 2,000 text deltas. First by the format's reader alone, in pieces of
 * 16 KiB, against `JSON.parse` of the same events; then as whole calls over loopback against a call without any adapter. A format that makes more than one
 * batch of a network read fails the run.
 */

import { startReplayServer } from '../test/support/replayServer.ts';
import type { CallReading, CallTarget } from './providers/calls.ts';
import { openTargets, piecesOf } from './providers/calls.ts';
import type { LongStream } from './providers/streams.ts';
import { longStreams } from './providers/streams.ts';
import { median, medianRatio } from './report/statistics.ts';

const deltas = 2000;
const pieceBytes = 16 * 1024;
const rounds = 15;
/** Before anything is counted: until the compiler has seen each reader often enough. */
const warmUpRounds = 5;
/** A stream is read so often in a round, because once is too short to be timed. */
const readingsARound = 5;

/** Microseconds an event, one entry a round. */
type Costs = Map<string, number[]>;

function add(costs: Costs, name: string, micros: number): void {
  const list = costs.get(name) ?? [];
  costs.set(name, list);
  list.push(micros);
}

/** By the pieces, as the network would bring them; every piece is one batch, taken. */
function readOnce({ open, body }: LongStream): void {
  const reader = open();
  for (let from = 0; from < body.length && !reader.finished; from += pieceBytes) {
    reader.read(body.subarray(from, from + pieceBytes));
    reader.take();
  }
  if (!reader.finished) reader.end();
}

function measureReaders(streams: readonly LongStream[]): { readonly reading: Costs; readonly parsing: Costs } {
  const [reading, parsing]: readonly [Costs, Costs] = [new Map(), new Map()];
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const stream of streams) {
      const events = readingsARound * stream.texts.length;
      const read = timed(() => readOnce(stream)) / events;
      const parsed = timed(() => parseAll(stream)) / events;
      if (round < 0) continue;
      add(reading, stream.format, read);
      add(parsing, stream.format, parsed);
    }
  }
  return { reading, parsing };
}

function parseAll({ texts }: LongStream): void {
  for (const text of texts) JSON.parse(text);
}

function timed(work: () => void): number {
  const since = performance.now();
  for (let time = 0; time < readingsARound; time++) work();
  return (performance.now() - since) * 1000;
}

interface Calls {
  readonly costs: Costs;
  /** By target: the most batches of one call, and how often the server wrote. */
  readonly batches: ReadonlyMap<string, { readonly most: number; readonly writes: number }>;
}

async function measureCalls(streams: readonly LongStream[]): Promise<Calls> {
  await using server = await startReplayServer();
  const targets = openTargets(server, streams);
  const costs: Costs = new Map();
  const batches = new Map<string, { most: number; writes: number }>();
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const target of targets) {
      const pieces = piecesOf(target.stream, pieceBytes);
      // biome-ignore lint/suspicious/noThenProperty: the word of the replay server; a script is never awaited.
      server.play({ pieces, then: 'keep' });
      const since = performance.now();
      const reading = await target.call();
      const micros = ((performance.now() - since) * 1000) / target.stream.texts.length;
      check(target, reading);
      if (round < 0) continue;
      add(costs, target.name, micros);
      batches.set(target.name, { most: Math.max(reading.batches, batches.get(target.name)?.most ?? 0), writes: pieces.length });
    }
  }
  await Promise.all(targets.map((target) => target[Symbol.asyncDispose]()));
  return { costs, batches };
}

/** A wrong answer is no measurement. */
function check({ name, stream }: CallTarget, { batches, textLength }: CallReading): void {
  if (textLength < deltas) throw new Error(`${name} lost text.`);
  // A write may come in two reads, and the answer's end in one of its own.
  if (batches > 2 * Math.ceil(stream.body.length / pieceBytes) + 2)
    throw new Error(`${name} made ${batches} batches of ${stream.body.length} bytes.`);
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : cell)).join(' | ')} |\n`;
}

const streams = longStreams(deltas);
const { reading, parsing } = measureReaders(streams);
const { costs, batches } = await measureCalls(streams);
const of = (table: Costs, name: string): readonly number[] => table.get(name) ?? [];

process.stdout.write(row(['format', 'bytes an event', 'reader, µs an event', '× JSON.parse', '× openai-chat']));
process.stdout.write(row(['---', '---:', '---:', '---:', '---:']));
for (const { format, body, texts } of streams) {
  const read = of(reading, format);
  const bytes = Math.round(body.length / texts.length).toString();
  process.stdout.write(
    row([format, bytes, median(read), medianRatio(read, of(parsing, format)), medianRatio(read, of(reading, 'openai-chat'))]),
  );
}
process.stdout.write(
  `\n${row(['call over loopback', 'µs an event', '× direct', 'batches', 'writes'])}${row(['---', '---:', '---:', '---:', '---:'])}`,
);
for (const [name, cost] of costs) {
  const { most, writes } = batches.get(name) ?? { most: 0, writes: 0 };
  process.stdout.write(row([name, median(cost), medianRatio(cost, of(costs, 'direct call (OpenAI)')), String(most), String(writes)]));
}
