import { EventStreamCodec } from '@smithy/eventstream-codec';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text),
);

/** An event, or an exception, as the service frames it. */
export function toFrame(name: string, payload: unknown, type: 'event' | 'exception' = 'event'): Buffer {
  const headers = {
    [`:${type}-type`]: { type: 'string' as const, value: name },
    ':content-type': { type: 'string' as const, value: 'application/json' },
    ':message-type': { type: 'string' as const, value: type },
  };
  return Buffer.from(codec.encode({ headers, body: Buffer.from(JSON.stringify(payload)) }));
}

/** Lines of `{ "event": payload }` as a stream of frames. */
export function framesOf(events: readonly Readonly<Record<string, unknown>>[]): Buffer {
  return Buffer.concat(events.flatMap((event) => Object.entries(event).map(([name, payload]) => toFrame(name, payload))));
}

/** The frames that are whole in the beginning of a stream. */
export function wholeFrames(beginning: Buffer): Buffer {
  let end = 0;
  while (beginning.length - end >= 4 && beginning.length - end >= beginning.readUInt32BE(end)) end += beginning.readUInt32BE(end);
  return beginning.subarray(0, end);
}
