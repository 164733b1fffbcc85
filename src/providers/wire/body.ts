import type { AnswerHeaders, Exchange } from './exchange.ts';
import type { Peer } from './failure.ts';
import { malformed } from './failure.ts';
import { lookUp } from './json.ts';

/** What is read of an answer that only says what went wrong. */
const errorLimitBytes = 64 * 1024;

/** The longest answer that is read as a whole: 2,048 vectors of 4,096 numbers in base64 fit. */
export const wholeLimitBytes = 64 * 1024 * 1024;

/** The body of an error as JSON; null where it is none or too long. Closes the exchange. */
export async function readErrorBody(exchange: Exchange): Promise<unknown> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for (let read = await exchange.read(); read.length > 0; read = await exchange.read()) {
      pieces.push(...read);
      bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
      if (bytes > errorLimitBytes) return null;
    }
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch (thrown) {
    // A body that breaks off or is no JSON says nothing; an abort is told by the caller's signal, which rejects `read` again.
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  } finally {
    exchange.close();
  }
}

/** The whole body as JSON. Throws UPSTREAM_MALFORMED where it is none. */
export async function readJsonBody(exchange: Exchange, peer: Peer): Promise<unknown> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for (let read = await exchange.read(); read.length > 0; read = await exchange.read()) {
    for (const piece of read) {
      pieces.push(piece);
      bytes += piece.length;
    }
    if (bytes > wholeLimitBytes) {
      exchange.close();
      throw malformed(peer, 'sent an answer of more than 64 MiB');
    }
  }
  return parseJson(Buffer.concat(pieces).toString('utf8'), peer);
}

/** The parser's own message quotes the text, which may be an answer: it is not kept. */
export function parseJson(text: string, peer: Peer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // biome-ignore lint/style/useErrorCause: see above.
    throw malformed(peer, 'sent something that is not JSON');
  }
}

export type BodyType = 'events' | 'lines' | 'json' | 'other' | 'unsaid';

const bodyTypes: Readonly<Record<string, BodyType>> = {
  'text/event-stream': 'events',
  'application/x-ndjson': 'lines',
  'application/json': 'json',
  '': 'unsaid',
};

/** What an answer's headers say its body is. Throws UPSTREAM_MALFORMED where it is packed in a way that was not asked for. */
export function readBodyType(headers: AnswerHeaders, peer: Peer): BodyType {
  const encoding = headerValue(headers, 'content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw malformed(peer, 'sent a compressed answer, which was not asked for');
  const mediaType = (headerValue(headers, 'content-type') ?? '').split(';', 1)[0] ?? '';
  return lookUp(bodyTypes, mediaType.trim().toLowerCase()) ?? 'other';
}

/** A header's value; of several, the first. */
export function headerValue(headers: AnswerHeaders, name: string): string | null {
  const value = headers[name];
  return (typeof value === 'string' ? value : value?.[0]) ?? null;
}
