import type { JsonObject, JsonValue } from '../domain/json.ts';
import { isJsonObject } from '../domain/json.ts';
import type { Clock } from '../ports/clock.ts';

export interface Fetching {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

const limitMs = 5000;
/** A set of keys has a few kilobytes. */
const mostBytes = 512 * 1024;

/** An object from an address that the operator trusts. Fails after 5 s, at another address it is sent to, and at anything but 200 and an object. */
export async function fetchJson(url: string, { fetch, clock }: Fetching): Promise<JsonObject> {
  const limit = new AbortController();
  const timer = clock.timer(limitMs, () => limit.abort(new Error(`${url} has not answered within ${limitMs} ms.`)));
  try {
    const response = await fetch(url, { headers: { accept: 'application/json' }, redirect: 'error', signal: limit.signal });
    if (response.status !== 200) {
      await response.body?.cancel();
      throw new Error(`${url} answers ${response.status}.`);
    }
    const value = JSON.parse(await readText(response)) as JsonValue;
    if (isJsonObject(value)) return value;
    throw new Error(`${url} answers no JSON object.`);
  } finally {
    timer.clear();
  }
}

async function readText({ body, url }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error(`${url} answers more than ${mostBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
