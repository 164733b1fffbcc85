export interface HttpAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** An answer's bytes, its body of a known length. */
export function httpAnswer({ status = 200, headers = {}, body }: HttpAnswer): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ ...headers, 'content-length': String(bytes.length) }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Whatever\r\n${lines.join('')}\r\n`), bytes]);
}

/** An answer's bytes, its body in HTTP chunks, one an entry. */
export function chunkedAnswer(headers: Readonly<Record<string, string>>, chunks: readonly Uint8Array[]): Buffer {
  const lines = Object.entries({ ...headers, 'transfer-encoding': 'chunked' }).map(([name, value]) => `${name}: ${value}\r\n`);
  const body = [...chunks, new Uint8Array()].flatMap((chunk) => [
    Buffer.from(`${chunk.length.toString(16)}\r\n`),
    chunk,
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${lines.join('')}\r\n`), ...body]);
}

/** Bytes cut at the given places, of which any beyond the end are passed over. */
export function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...new Set(places.map((place) => place % bytes.length))].filter((place) => place > 0).sort((a, b) => a - b);
  return [0, ...ends].map((start, index) => bytes.subarray(start, ends[index] ?? bytes.length));
}

/** The head of an answer in chunks. */
export function chunkedHead(contentType: string): Buffer {
  return Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: ${contentType}\r\ntransfer-encoding: chunked\r\n\r\n`);
}

/** One chunk of a body. */
export function httpChunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}
