import { createFrameReader } from '../../src/providers/bedrock/frames.ts';
import type { FormatName } from '../../src/providers/formatNames.ts';
import { createLineReader } from '../../src/providers/wire/lines.ts';
import { createSseReader } from '../../src/providers/wire/sse.ts';
import { settingsOf } from '../../test/support/providerCall.ts';
import type { StreamFormat } from '../../test/support/providerReaders.ts';
import { streamFormats } from '../../test/support/providerReaders.ts';

/** A format's answer of very many text deltas, made of the first stream among its fixtures by saying its first delta again and again. */
export interface LongStream extends Pick<StreamFormat, 'folder' | 'open'> {
  readonly format: FormatName;
  readonly contentType: string;
  readonly body: Buffer;
  /** The JSON texts of its events, in a list: what is parsed of it at the least. */
  readonly texts: readonly string[];
}

interface Shape {
  readonly format: FormatName;
  readonly contentType: string;
  readonly split: (body: Buffer) => readonly Buffer[];
  readonly reader: (onEvent: (text: string) => void) => { read(piece: Buffer): void };
}

const events = { contentType: 'text/event-stream', split: splitAfter(/\r?\n\r?\n/g), reader: createSseReader } as const;

const shapes: Readonly<Record<string, Shape>> = {
  openaiChat: { format: 'openai-chat', ...events },
  openaiResponses: { format: 'openai-responses', ...events },
  anthropicMessages: { format: 'anthropic-messages', ...events },
  gemini: { format: 'gemini', ...events },
  cohere: { format: 'cohere', ...events },
  ollama: { format: 'ollama', contentType: 'application/x-ndjson', split: splitAfter(/\n/g), reader: createLineReader },
  bedrock: {
    format: 'bedrock',
    contentType: 'application/vnd.amazon.eventstream',
    split: splitFrames,
    reader: (onEvent) => createFrameReader({ id: settingsOf().id, name: 'Upstream' }, onEvent),
  },
};

export function longStreams(deltas: number): readonly LongStream[] {
  return streamFormats.flatMap((format) => {
    const shape = shapes[format.folder];
    const body = format.streams[0];
    return shape === undefined || body === undefined ? [] : [toLongStream(format, shape, { parts: shape.split(body), deltas })];
  });
}

interface Repetition {
  readonly parts: readonly Buffer[];
  readonly deltas: number;
}

function toLongStream(source: StreamFormat, shape: Shape, { parts, deltas }: Repetition): LongStream {
  const { format, contentType, reader } = shape;
  const place = deltaIn(source, parts);
  const delta = parts[place] ?? Buffer.alloc(0);
  const body = Buffer.concat([...parts.slice(0, place), ...Array.from({ length: deltas }, () => delta), ...parts.slice(place + 1)]);
  const texts: string[] = [];
  reader((text) => void texts.push(text)).read(body);
  return { folder: source.folder, open: source.open, format, contentType, body, texts: texts.filter((text) => text.startsWith('{')) };
}

/** The first event that says text. */
function deltaIn(format: StreamFormat, parts: readonly Buffer[]): number {
  const reader = format.open();
  const place = parts.findIndex((part) => {
    reader.read(part);
    return reader.take().some(({ type }) => type === 'text');
  });
  if (place < 0) throw new Error(`The first stream of ${format.folder} says no text.`);
  return place;
}

function splitAfter(end: RegExp): (body: Buffer) => readonly Buffer[] {
  return (body) => {
    const text = body.toString('latin1');
    const ends = [...text.matchAll(end)].map(({ index, 0: mark }) => index + mark.length);
    return [0, ...ends].map((from, place) => body.subarray(from, ends[place] ?? body.length)).filter(({ length }) => length > 0);
  };
}

function splitFrames(body: Buffer): readonly Buffer[] {
  const frames: Buffer[] = [];
  for (let from = 0; from < body.length; from += body.readUInt32BE(from)) frames.push(body.subarray(from, from + body.readUInt32BE(from)));
  return frames;
}
