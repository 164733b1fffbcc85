import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** How a provider can misbehave. */
export const moods = ['endless', 'silent', 'bomb', 'line', 'moved'] as const;
export type Mood = (typeof moods)[number];

/** A provider that misbehaves in a way of one's choice: the first part of its path. */
export interface MoodyServer extends AsyncDisposable {
  url(mood: Mood): string;
  /** How many answers are still open. */
  readonly open: number;
}

const event = `data: ${JSON.stringify({ id: 'x', model: 'm', choices: [{ index: 0, delta: { content: 'once upon a time ' } }] })}\n\n`;
/** Twenty million bytes in twenty thousand. */
const bomb = gzipSync(Buffer.alloc(20_000_000));
const stream = { 'content-type': 'text/event-stream' };

/** `elsewhere`: where `moved` sends who asks. */
export async function startMoodyServer(elsewhere: string): Promise<MoodyServer> {
  const open = new Set<ServerResponse>();
  const perform: Readonly<Record<Mood, (response: ServerResponse) => void>> = {
    endless(response) {
      response.writeHead(200, stream);
      const timer = setInterval(() => response.write(event), 10);
      response.on('close', () => clearInterval(timer));
    },
    silent: (response) => void response.writeHead(200, stream).write(event),
    bomb: (response) => void response.writeHead(200, { ...stream, 'content-encoding': 'gzip' }).end(bomb),
    line: (response) => void response.writeHead(200, stream).write(`data: {"a":"${'x'.repeat(11_000_000)}`),
    moved: (response) => void response.writeHead(307, { location: elsewhere }).end(),
  };
  const server = createServer((request, response) => {
    open.add(response);
    response.on('close', () => open.delete(response));
    const mood = moods.find((name) => request.url?.startsWith(`/${name}/`) === true);
    request.resume();
    if (mood === undefined || request.method === 'GET') response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[]}');
    else perform[mood](response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    url: (mood) => `http://127.0.0.1:${port}/${mood}/v1`,
    get open() {
      return open.size;
    },
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
