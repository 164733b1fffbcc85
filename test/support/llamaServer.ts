import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { freePort } from './freePort.ts';
import { sharedFolder } from './sharedFolder.ts';

const folder = sharedFolder('real-server');
const installed = existsSync(resolve(process.env['LLAMA_DIR'] ?? resolve(homedir(), '.cache/llama-root'), 'root/usr/bin/llama-server'));

/** Whether this machine has llama-server and the small weights for it. */
export const hasLlamaServer = folder !== null && installed;

export interface LlamaServer extends AsyncDisposable {
  /** With the version path. */
  readonly url: string;
  /** Whether any of its slots computes. */
  busy(): Promise<boolean>;
}

/** A real server of its own, on a free port: for chats, for tools, or for embeddings. */
export async function startLlamaServer(mode: 'chat' | 'tools' | 'embed', env: NodeJS.ProcessEnv = {}): Promise<LlamaServer> {
  const port = await freePort();
  const script = resolve(folder ?? '', 'start.sh');
  const child = spawn('bash', [script, mode, String(port)], { env: { ...process.env, LLAMA_ARGS: '--slots', ...env }, stdio: 'ignore' });
  const origin = `http://127.0.0.1:${port}`;
  while (!(await answers(`${origin}/health`))) {
    if (child.exitCode !== null) throw new Error(`llama-server ended with ${child.exitCode}.`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    url: `${origin}/v1`,
    async busy() {
      const slots: unknown = await (await fetch(`${origin}/slots`)).json();
      return Array.isArray(slots) && slots.some((slot: { readonly is_processing?: boolean }) => slot.is_processing === true);
    },
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
