import { expect, test } from 'vitest';
import type { Run, StreamBoard } from '../../../web/src/stream/board.ts';
import { createStreamBoard } from '../../../web/src/stream/board.ts';

function boardOf(tab: string): StreamBoard {
  const board = createStreamBoard(
    () => 0,
    (task) => task(),
  );
  board.select(tab);
  return board;
}

function delta(field: string, completionId: string, text: string) {
  return { data: { [field]: { __typename: 'CompletionDelta', completionId, offset: 0, text } } };
}

function runOf(board: StreamBoard, tab: string): Run | undefined {
  return board.runs.get().get(tab);
}

test('several completions of one run are told apart by their ids', () => {
  const board = boardOf('tab');
  const run = board.begin(['completionStreams']);
  run.received(delta('completionStreams', 'a', 'one'));
  run.received(delta('completionStreams', 'b', 'two'));
  run.received(delta('completionStreams', 'a', 'ONE'));
  expect(runOf(board, 'tab')?.streams.map(({ completionId, text }) => [completionId, text])).toEqual([
    ['a', 'ONE'],
    ['b', 'two'],
  ]);
});

test('a run stays with the tab that it began in', () => {
  const board = boardOf('first');
  const run = board.begin(['completionStream']);
  board.select('second');
  run.received(delta('completionStream', 'a', 'one'));
  run.left();
  expect(runOf(board, 'first')).toMatchObject({ open: false, streams: [{ text: 'one', phase: { kind: 'stopped' } }] });
  expect(runOf(board, 'second')).toBeUndefined();
});

test('a connection that closes in the middle is a cut', () => {
  const board = boardOf('tab');
  const run = board.begin(['completionStream']);
  run.received(delta('completionStream', 'a', 'one'));
  run.ended();
  expect(runOf(board, 'tab')?.streams[0]?.phase.kind).toBe('cut');
});

test('a refused subscription says why and shows no stream', () => {
  const board = boardOf('tab');
  const run = board.begin(['completionStream']);
  run.received({ errors: [{ message: 'No key.', extensions: { code: 'UNAUTHENTICATED' } }] });
  run.ended();
  expect(runOf(board, 'tab')).toMatchObject({ open: false, streams: [], refusal: 'No key.' });
});

test('a subscription without completions takes the last run away', () => {
  const board = boardOf('tab');
  board.begin(['completionStream']);
  board.begin([]).received({ data: { usageRecorded: {} } });
  expect(board.runs.get().size).toBe(0);
});

test('what arrives in quick succession is shown together, the end at once', () => {
  const tasks: (() => void)[] = [];
  const board = createStreamBoard(
    () => 0,
    (task) => void tasks.push(task),
  );
  const run = board.begin(['completionStream']);
  run.received(delta('completionStream', 'a', 'one'));
  run.received(delta('completionStream', 'a', 'two'));
  expect(tasks).toHaveLength(1);
  expect(runOf(board, '')?.streams).toEqual([]);
  tasks.pop()?.();
  expect(runOf(board, '')?.streams[0]?.text).toBe('two');
  run.received(delta('completionStream', 'a', 'three'));
  run.left();
  expect(runOf(board, '')?.streams[0]).toMatchObject({ text: 'three', phase: { kind: 'stopped' } });
});
