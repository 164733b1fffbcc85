import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Child } from './child.ts';

/** Asks again and again until `ready` answers something, the process has ended or the time is up. */
export async function waitUntil<T>(child: Child, ready: () => Promise<T | null> | T | null): Promise<T> {
  const deadline = performance.now() + 30_000;
  while (child.running() && performance.now() < deadline) {
    const found = await ready();
    if (found !== null) return found;
    await sleep(5);
  }
  throw new Error(`The process did not become ready. It said: ${child.output()}`);
}

/** True when the address answers 200, null for anything else. */
export async function answersOk(url: string): Promise<true | null> {
  try {
    const response = await fetch(url);
    await response.arrayBuffer();
    return response.status === 200 ? true : null;
  } catch {
    return null; // Not listening yet.
  }
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
