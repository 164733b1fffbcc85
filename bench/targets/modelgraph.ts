import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Child } from '../processes/child.ts';
import { startChild } from '../processes/child.ts';
import { answersOk, findFreePort, waitUntil } from '../processes/wait.ts';
import { createModelgraphCalls } from './modelgraphCalls.ts';
import type { Engine, ModelgraphHome } from './modelgraphHome.ts';
import { createHome } from './modelgraphHome.ts';
import { createBenchKeys } from './modelgraphKey.ts';
import type { Surroundings, Target } from './target.ts';

export interface RunningModelgraph extends AsyncDisposable {
  readonly child: Child;
  readonly port: number;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Node's arguments in the command of `npm start`, so that it cannot be started otherwise here. */
function readStartArguments(): readonly string[] {
  // Our own package.json.
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: { readonly start: string } };
  const [, ...args] = scripts.start.split(' ');
  return args.map((arg) => (existsSync(join(root, arg)) ? join(root, arg) : arg));
}

/** Starts the gateway as `npm start` does; only addresses, folders and the administrator's key are set. */
export async function startModelgraph(home: ModelgraphHome, cores: string, flags: readonly string[] = []): Promise<RunningModelgraph> {
  const port = await findFreePort();
  const child = startChild({ args: [...flags, ...readStartArguments()], cores, env: { ...home.env, PORT: String(port) } });
  try {
    await waitUntil(child, () => answersOk(`http://127.0.0.1:${port}/readyz`));
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
  return { child, port, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() };
}

export async function openModelgraph(engine: Engine, surroundings: Surroundings, flags: readonly string[] = []): Promise<Target> {
  await using undo = new AsyncDisposableStack();
  const home = undo.use(await createHome(engine, surroundings.upstreamPort));
  const { child, port } = undo.use(await startModelgraph(home, surroundings.gatewayCores, flags));
  const secrets = await createBenchKeys({ port, secret: home.adminKey });
  const calls = undo.adopt(createModelgraphCalls(port, secrets), ({ close }) => close());
  const kept = undo.move();
  return {
    name: `Modelgraph, ${engine}`,
    pid: child.pid,
    complete: calls.complete,
    stream: calls.stream,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
