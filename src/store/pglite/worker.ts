/**
 * PGlite runs in this thread, because a query of 300 ms in the main thread would stop every stream for 300 ms.
 * Statements are answered in the order in which they come.
 */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import type { Row } from '../database.ts';
import type { Failure, Request, Response, Task, WorkerInput } from './message.ts';

const int8 = 20;
const timestamptz = 1184;

/** PGlite's own 128 MB would be most of the process's memory. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB', '-c', 'timezone=UTC'];

async function open({ folder, template }: WorkerInput): Promise<PGlite> {
  return await PGlite.create({
    dataDir: folder,
    ...(template === null ? {} : { loadDataDir: new Blob([readFileSync(template)]) }),
    // It writes through to the operating system, which survives kill -9; PGlite never makes the disk sync.
    relaxedDurability: true,
    startParams,
    parsers: { [int8]: BigInt, [timestamptz]: Date.parse },
  });
}

async function run(database: PGlite, task: Task): Promise<readonly Row[]> {
  switch (task.type) {
    case 'query':
      return (await database.query<Row>(task.sql, [...task.values])).rows;
    case 'exec':
      await database.exec(task.sql);
      return [];
    case 'close':
      await database.close();
      return [];
    default:
      return task satisfies never;
  }
}

function toFailure(thrown: unknown): Failure {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : null;
  return { message, sqlState: typeof code === 'string' ? code : null };
}

function answer(response: Response): void {
  parentPort?.postMessage(response);
}

async function serve(): Promise<void> {
  // What workerData is, `client.ts` alone decides.
  const database = await open(workerData as WorkerInput);
  database.onNotification((channel, payload) => answer({ notice: { channel, payload } }));
  parentPort?.on('message', ({ id, task }: Request) => {
    run(database, task).then(
      (rows) => answer({ id, rows }),
      (thrown: unknown) => answer({ id, failure: toFailure(thrown) }),
    );
  });
  answer({ id: 0, rows: [] });
}

serve().catch((thrown: unknown) => answer({ id: 0, failure: toFailure(thrown) }));
