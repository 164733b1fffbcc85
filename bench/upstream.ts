import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerOrder } from './answer.ts';
import { readOrder } from './answer.ts';
import { createPacer } from './upstreamPacer.ts';
import { modelsBody, streamWrites, wholeBody } from './upstreamWire.ts';

/** The mock upstream, a process of its own: OpenAI chat completions on a loopback port, which it prints. It ends when its standard input does. */
const pacers = { paced: createPacer({ tickMs: 1, phases: 2 }), slow: createPacer({ tickMs: 2, phases: 100 }) };
const prepared = new Map<string, Buffer[]>();

function writesFor(order: AnswerOrder): readonly Buffer[] {
  const key = `${order.kind} ${order.events}`;
  const known = prepared.get(key);
  if (known !== undefined) return known;
  const each = order.kind === 'whole' ? [wholeBody(order.events)] : streamWrites(order);
  const writes = order.kind === 'burst' ? [Buffer.concat(each)] : each;
  prepared.set(key, writes);
  return writes;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Answers whether there is more to write. */
function createStep(response: ServerResponse, writes: readonly Buffer[]) {
  let next = 0;
  return (): boolean => {
    if (response.destroyed) return false;
    const write = writes[next];
    next += 1;
    if (write !== undefined) response.write(write);
    if (next < writes.length) return true;
    response.end();
    return false;
  };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request);
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(modelsBody());
    return;
  }
  const order = readOrder(body);
  if (order === null) {
    response
      .writeHead(400, { 'content-type': 'application/json' })
      .end('{"error":{"message":"No order in the prompt.","type":"invalid_request_error"}}');
    return;
  }
  const writes = writesFor(order);
  if (order.kind === 'whole') {
    const [whole] = writes;
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole?.byteLength }).end(whole);
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  const step = createStep(response, writes);
  if (step() && order.kind !== 'burst') pacers[order.kind].add(step);
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
// A pooled connection must outlive the pauses between rounds: a socket closed under a request would be counted as a gateway's failure.
server.keepAliveTimeout = 300_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(address.port);
});

process.stdin.resume().on('end', () => process.exit(0));
// Whatever happens to the run, nothing stays behind.
await sleep(20 * 60_000, undefined, { ref: false });
process.exit(0);
