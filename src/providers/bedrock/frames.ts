import { EventStreamCodec } from '@smithy/eventstream-codec';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';

/** Binary frames of `application/vnd.amazon.eventstream`, cut from bytes; the codec checks both checksums of each. */
export interface FrameReader {
  read(piece: Buffer): void;
  end(): void;
  /** Bytes of a frame that is not whole yet. */
  readonly pendingBytes: number;
}

/** The total length, the headers' length, and the checksum of these two. */
const preludeBytes = 12;
const checksumBytes = 4;
/** No event of the service comes near this: https://docs.aws.amazon.com/transcribe/latest/dg/event-stream.html */
const mostBytes = 16 * 1024 * 1024;

const codec = new EventStreamCodec(toText, (text) => Buffer.from(text));

/** Calls `onEvent` with each frame as the JSON text of one object: `event` or `exception`, its name, and `payload`. */
export function createFrameReader(peer: Peer, onEvent: (data: string) => void): FrameReader {
  let pending: Buffer = Buffer.alloc(0);

  const take = (frame: Uint8Array): void => {
    const { kind, name, payload } = decode(frame, peer);
    onEvent(`{"${kind}":${JSON.stringify(name)},"payload":${payload === '' ? '{}' : payload}}`);
  };
  return {
    get pendingBytes() {
      return pending.length;
    },
    read(piece) {
      let rest = pending.length === 0 ? piece : Buffer.concat([pending, piece]);
      while (rest.length >= preludeBytes) {
        const length = rest.readUInt32BE(0);
        if (length < preludeBytes + checksumBytes || length > mostBytes) throw malformed(peer, 'sent a frame of an impossible length');
        if (rest.length < length) break;
        take(rest.subarray(0, length));
        rest = rest.subarray(length);
      }
      pending = rest;
    },
    end() {
      if (pending.length > 0) throw malformed(peer, 'ended its answer in the middle of a frame');
    },
  };
}

interface Frame {
  readonly kind: 'event' | 'exception';
  readonly name: string;
  readonly payload: string;
}

function decode(frame: Uint8Array, peer: Peer): Frame {
  const { headers, body } = tryToDecode(frame, peer);
  const payload = toText(body);
  const word = (name: string): string | null => {
    const value = headers[name]?.value;
    return typeof value === 'string' ? value : null;
  };
  const type = word(':message-type');
  if (type === 'exception') return { kind: 'exception', name: word(':exception-type') ?? 'internalServerException', payload };
  if (type === 'error') return { kind: 'exception', name: word(':error-code') ?? 'internalServerException', payload: '{}' };
  return { kind: 'event', name: word(':event-type') ?? '', payload };
}

/** Without a copy of the bytes. The codec's type allows text, which it never hands on. */
function toText(bytes: Uint8Array | string): string {
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function tryToDecode(frame: Uint8Array, peer: Peer): ReturnType<typeof codec.decode> {
  try {
    return codec.decode(frame);
  } catch (cause) {
    throw malformed(peer, 'sent a frame whose checksum is wrong', cause instanceof Error ? cause.name : null);
  }
}
