import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { startChild } from '../processes/child.ts';
import { answersOk, findFreePort, waitUntil } from '../processes/wait.ts';
import { createOpenaiCalls } from './openai.ts';
import type { Surroundings, Target } from './target.ts';

/**
 * @portkey-ai/gateway as its own documentation runs it in production: headless, so that its log page does not listen in on every call.
 * It has no setting for the address it listens on; the run itself speaks to it over loopback only.
 */
const folder = new URL('../peer/', import.meta.url).pathname;
const script = `${folder}node_modules/@portkey-ai/gateway/build/start-server.js`;

async function install(): Promise<void> {
  if (existsSync(script)) return;
  console.error('Installing the peer into bench/peer (once) …');
  await promisify(execFile)('npm', ['ci', '--ignore-scripts'], { cwd: folder, timeout: 180_000 });
}

export async function openPortkey({ upstreamPort, gatewayCores }: Surroundings): Promise<Target> {
  await install();
  const port = await findFreePort();
  const child = startChild({ args: [script, `--port=${port}`, '--headless'], cores: gatewayCores, env: { NODE_ENV: 'production' } });
  await waitUntil(child, () => answersOk(`http://127.0.0.1:${port}/`));
  const headers = {
    authorization: 'Bearer sk-bench',
    'x-portkey-provider': 'openai',
    'x-portkey-custom-host': `http://127.0.0.1:${upstreamPort}/v1`,
  };
  const calls = createOpenaiCalls({ port, headers });
  return {
    name: 'Portkey',
    pid: child.pid,
    complete: calls.complete,
    stream: calls.stream,
    async [Symbol.asyncDispose]() {
      calls.close();
      await child[Symbol.asyncDispose]();
    },
  };
}
