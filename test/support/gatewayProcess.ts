import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createApiKeySecrets } from '../../src/identity/apiKey.ts';
import { findPackageRoot } from '../../src/system/packageRoot.ts';
import { freePort } from './freePort.ts';

const pollMs = 25;
const readyWithinMs = 30_000;
const inherited = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TZ', 'SystemRoot'] as const;

export interface GatewayOptions {
  /** Beside what a process needs to run; `undefined` takes one of our own settings out, such as MODELGRAPH_ADMIN_KEY to have a key printed. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The configuration file's content: YAML, or anything that JSON can say. */
  readonly config?: unknown;
  /** What is run in place of this Node, for instance an installed command. */
  readonly command?: string;
  /** What follows `node` in place of the sources' `src/main.ts`. */
  readonly args?: readonly string[];
  /** A folder that outlives the process, to start again on; else one of its own, removed with it. */
  readonly dataFolder?: string;
}

export interface GatewayExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A gateway in a process of its own, answering on loopback. Disposing ends it at once and removes its folder. */
export interface GatewayProcess extends AsyncDisposable {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  readonly graphUrl: string;
  readonly socketUrl: string;
  /** The key handed in by MODELGRAPH_ADMIN_KEY, or the one that a first start printed. Throws when there is neither. */
  readonly adminKey: string;
  /** The Playground's link as it was printed, with the key if it carried one; null when none was printed. */
  readonly playgroundLink: string | null;
  readonly pid: number;
  /** The configuration file, to be changed under the running process. */
  readonly configPath: string;
  /** All that was written to standard output and standard error so far. */
  logs(): string;
  /** Standard output alone. */
  output(): string;
  /** Settles when the process has ended, however it ended. */
  readonly exited: Promise<GatewayExit>;
  kill(signal?: NodeJS.Signals): Promise<GatewayExit>;
}

/** Starts the gateway and waits until `/readyz` answers 200. Throws with all that it wrote when it ends before that. */
export async function startGateway(options: GatewayOptions = {}): Promise<GatewayProcess> {
  const gateway = await spawnGateway(options);
  try {
    await untilReady(gateway);
    return gateway;
  } catch (error) {
    await gateway[Symbol.asyncDispose]();
    throw error;
  }
}

/** Starts the gateway without waiting: for one that is expected to refuse to start, or to be ended before it is ready. */
export async function spawnGateway(options: GatewayOptions = {}): Promise<GatewayProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'modelgraph-'));
  const configPath = join(folder, 'modelgraph.config.yaml');
  if (options.config !== undefined) await writeFile(configPath, toText(options.config));
  const env = await settings(options, { folder, configPath });
  const child = spawn(options.command ?? process.execPath, [...(options.args ?? [join(findPackageRoot(), 'src/main.ts')])], {
    // Not the repository, where a developer's own configuration may lie.
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return toGateway({ child, env, folder, configPath });
}

function toText(config: unknown): string {
  return typeof config === 'string' ? config : JSON.stringify(config);
}

interface Folder {
  readonly folder: string;
  readonly configPath: string;
}

async function settings({ env, config, dataFolder }: GatewayOptions, { folder, configPath }: Folder): Promise<NodeJS.ProcessEnv> {
  const kept = inherited.map((name) => [name, process.env[name]] as const);
  return {
    ...Object.fromEntries(kept.filter(([, value]) => value !== undefined)),
    HOST: '127.0.0.1',
    // Known before the process says anything, as with PORT=0 it would not be.
    PORT: String(await freePort()),
    MODELGRAPH_DATA: dataFolder ?? join(folder, 'data'),
    ...(config === undefined ? {} : { MODELGRAPH_CONFIG: configPath }),
    // Whatever model servers run on this machine are no part of a test.
    MODELGRAPH_PROBE: 'off',
    // The sources are stripped of their types once, not at each of a hundred starts.
    NODE_COMPILE_CACHE: join(tmpdir(), 'modelgraph-compile-cache'),
    MODELGRAPH_ADMIN_KEY: createApiKeySecrets().issue().secret,
    ...env,
  };
}

interface Spawned extends Folder {
  readonly child: ChildProcess;
  readonly env: NodeJS.ProcessEnv;
}

function toGateway({ child, env, folder, configPath }: Spawned): GatewayProcess {
  const { pid } = child;
  if (pid === undefined) throw new Error('The gateway could not be started: node itself was not found.');
  const written = record(child);
  const exited = once(child, 'close').then(([code, signal]): GatewayExit => ({ code, signal }));
  const kill = (signal: NodeJS.Signals = 'SIGTERM'): Promise<GatewayExit> => {
    child.kill(signal);
    return exited;
  };
  const host = `${env['HOST']}:${env['PORT']}`;
  return {
    url: `http://${host}`,
    graphUrl: `http://${host}/graphql`,
    socketUrl: `ws://${host}/graphql`,
    get adminKey() {
      const key = env['MODELGRAPH_ADMIN_KEY'] ?? /\bmg_live_[\w-]+/.exec(written.output())?.[0];
      if (key === undefined) throw new Error('The gateway printed no key, and none was handed in by MODELGRAPH_ADMIN_KEY.');
      return key;
    },
    get playgroundLink() {
      return /\bhttps?:\S+\/playground\S*/.exec(written.output())?.[0] ?? null;
    },
    pid,
    configPath,
    ...written,
    exited,
    kill,
    async [Symbol.asyncDispose]() {
      await kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function record({ stdout, stderr }: ChildProcess): Pick<GatewayProcess, 'logs' | 'output'> {
  const all: string[] = [];
  const output: string[] = [];
  stdout?.setEncoding('utf8').on('data', (text: string) => {
    all.push(text);
    output.push(text);
  });
  stderr?.setEncoding('utf8').on('data', (text: string) => all.push(text));
  return { logs: () => all.join(''), output: () => output.join('') };
}

async function untilReady(gateway: GatewayProcess): Promise<void> {
  const ended = new AbortController();
  void gateway.exited.then(() => ended.abort());
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(readyWithinMs)]);
  while (!signal.aborted) {
    if (await answersReady(gateway.url, signal)) return;
    await pause(pollMs);
  }
  throw new Error(`The gateway did not become ready. It wrote:\n${gateway.logs()}`);
}

async function answersReady(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Refused until it listens; why it ended, if it did, stands in what it wrote.
    return false;
  }
}
