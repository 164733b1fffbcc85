import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';

/**
 * HTTP/1.1 by hand on a plain socket. The loader shares its core with the upstream, so it does as little as possible while an answer
 * arrives: it keeps the bytes, notes when the first text came, and reads them when the answer is whole.
 */
export interface HttpRequest {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** From the request's write to the read that brought the first text; null where `firstText` was not found. */
  readonly firstTextMs: number | null;
  readonly reads: number;
}

export interface HttpExchange {
  readonly firstText?: string;
  readonly onFirstText?: (() => void) | undefined;
}

export interface HttpConnection {
  post(request: Buffer, exchange?: HttpExchange): Promise<HttpAnswer>;
  close(): void;
}

export function toBytes({ port, path, headers, body }: HttpRequest): Buffer {
  const named = {
    host: `127.0.0.1:${port}`,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(named).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('\r\n0\r\n\r\n');

function unchunk(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (!(size > 0)) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}

interface Head {
  readonly status: number;
  readonly bodyAt: number;
  /** null: chunked. */
  readonly length: number | null;
}

function readHead(bytes: Buffer): Head | null {
  const end = bytes.indexOf(headEnd);
  if (end === -1) return null;
  const text = bytes.toString('latin1', 0, end);
  const length = /^content-length: *(\d+)/im.exec(text)?.[1];
  return { status: Number(text.slice(9, 12)), bodyAt: end + headEnd.length, length: length === undefined ? null : Number(length) };
}

/** Collects one answer; says when it is whole. No chunk of our upstream's text can end like the last chunk of a body. */
function createCollector() {
  const chunks: Buffer[] = [];
  let size = 0;
  let tail: Buffer = Buffer.alloc(0);
  let head: Head | null = null;
  return {
    add(chunk: Buffer): boolean {
      chunks.push(chunk);
      size += chunk.length;
      tail = Buffer.concat([tail, chunk.subarray(-lastChunk.length)]).subarray(-lastChunk.length);
      head ??= readHead(chunks.length === 1 ? chunk : Buffer.concat(chunks));
      if (head === null) return false;
      return head.length === null ? tail.equals(lastChunk) : size >= head.bodyAt + head.length;
    },
    finish(firstTextMs: number | null): HttpAnswer {
      const bytes = Buffer.concat(chunks).subarray(head?.bodyAt ?? 0);
      const body = head?.length === null ? unchunk(bytes) : bytes;
      return { status: head?.status ?? 0, body: body.toString(), firstTextMs, reads: chunks.length };
    },
  };
}

function exchangeOn(socket: Socket, request: Buffer, exchange: HttpExchange): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const collector = createCollector();
    const begun = performance.now();
    let firstTextMs: number | null = null;
    const onClose = () => settle(() => reject(new Error('The connection closed before the answer was whole.')));
    const onData = (chunk: Buffer) => {
      if (firstTextMs === null && exchange.firstText !== undefined && chunk.includes(exchange.firstText)) {
        firstTextMs = performance.now() - begun;
        exchange.onFirstText?.();
      }
      if (collector.add(chunk)) settle(() => resolve(collector.finish(firstTextMs)));
    };
    const settle = (end: () => void) => {
      socket.off('data', onData).off('close', onClose);
      end();
    };
    socket.on('data', onData).on('close', onClose);
    if (socket.destroyed) onClose();
    socket.write(request);
  });
}

export async function openHttp(port: number): Promise<HttpConnection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  // A broken connection is reported by the exchange that it breaks; an idle one may close.
  socket.on('error', () => undefined);
  return {
    post: (request, exchange = {}) => exchangeOn(socket, request, exchange),
    close: () => socket.destroy(),
  };
}
