import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Row } from '../database.ts';
import { SqlError, storeUnavailable } from '../sqlError.ts';
import type { Failure, Notice, Request, Response, Task, WorkerInput } from './message.ts';

/** The thread in which PGlite runs. */
export interface PgliteClient extends AsyncDisposable {
  /** Tasks run one after another in the order of the calls. */
  run(task: Task): Promise<readonly Row[]>;
  /** Hears what is said on all channels that are listened to. */
  onNotice(listener: NoticeListener): void;
}

type NoticeListener = (notice: Notice) => void;

interface Waiting {
  resolve(rows: readonly Row[]): void;
  reject(error: Error): void;
}

/** Resolves when the database is open. */
export async function openPgliteClient(input: WorkerInput): Promise<PgliteClient> {
  // The worker lies beside this file both as a source and compiled.
  const worker = new Worker(new URL(`./worker${extname(import.meta.filename)}`, import.meta.url), { workerData: input });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const listeners = new Set<NoticeListener>();
  let ended: Error | null = null;

  function end(cause: unknown): void {
    ended ??= storeUnavailable(cause);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  }

  worker.on('message', (response: Response) => {
    if ('notice' in response) {
      for (const listener of listeners) listener(response.notice);
      return;
    }
    const caller = waiting.get(response.id);
    waiting.delete(response.id);
    if ('failure' in response) caller?.reject(toError(response.failure));
    else caller?.resolve(response.rows);
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error('The database thread has ended.')));

  function expect(id: number): Promise<readonly Row[]> {
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  function run(task: Task): Promise<readonly Row[]> {
    if (ended !== null) return Promise.reject(ended);
    lastId += 1;
    const answer = expect(lastId);
    worker.postMessage({ id: lastId, task } satisfies Request);
    return answer;
  }

  async function close(): Promise<void> {
    if (ended === null) await run({ type: 'close' }).catch(() => undefined);
    await worker.terminate();
  }

  try {
    await expect(0);
  } catch (thrown) {
    await worker.terminate();
    throw thrown;
  }
  return { run, onNotice: (listener) => void listeners.add(listener), [Symbol.asyncDispose]: close };
}

function toError({ message, sqlState }: Failure): Error {
  // PGlite has failed, not the statement.
  return sqlState === null ? storeUnavailable(new Error(message)) : new SqlError(message, sqlState);
}
