import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../domain/errors.ts';
import { parseJson } from './json.ts';

/** The JSON of a request. Throws PAYLOAD_TOO_LARGE as soon as the limit is passed, and INVALID_REQUEST for what is no JSON. */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const body = await readBytes(request, limit);
  if (!isUtf8(body)) throw new GatewayError('INVALID_REQUEST', 'The body is not valid UTF-8.');
  const value = parseJson(body.toString());
  if (value === undefined) throw new GatewayError('INVALID_REQUEST', 'The body is not valid JSON.');
  return value;
}

function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length <= limit) {
        chunks.push(chunk);
        return;
      }
      // The rest is read and dropped, so that the client gets to read the answer; the server's request timeout ends it.
      chunks.length = 0;
      request.removeAllListeners('data');
      request.resume();
      reject(tooLarge(limit));
    });
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)));
    // Every request is closed at some time, most of them whole: an error, with its stack, is made for the others only.
    request.once('close', () => {
      if (!request.complete) reject(new GatewayError('INVALID_REQUEST', 'The request ended before its body.'));
    });
    request.once('error', () => reject(new GatewayError('INVALID_REQUEST', 'The request broke off in its body.')));
  });
}

function tooLarge(limit: number): GatewayError {
  return new GatewayError('PAYLOAD_TOO_LARGE', `The body is larger than ${limit} bytes.`, { details: { limitBytes: limit } });
}

/** Whether a request says that its body is JSON. RFC 9110, section 8.3: parameters may follow. */
export function saysJson(request: IncomingMessage): boolean {
  return /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
}
