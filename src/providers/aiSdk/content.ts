import type { Citation } from '../../domain/citation.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import { readCount, readList, readObject, readText, readWord } from '../wire/json.ts';

/** What an answer rests on. */
export interface Sources {
  /** A source, of no place in particular: told at the end, unless a text has told of its places by then. */
  add(part: JsonObject): void;
  /** What is said at the end of a text of its sources and their places, which count from the text's own beginning: since version 4. */
  place(part: JsonObject, textStart: number): void;
  end(): void;
}

export function createSources(add: (event: ProviderEvent) => void): Sources {
  const loose = new Map<string, Citation>();
  return {
    add(part) {
      const source = readSource(part);
      if (source.url !== null || source.title !== null) loose.set(readText(part['id']) ?? String(loose.size), source);
    },
    place(part, textStart) {
      for (const cited of readList(part['citations']).filter(isJsonObject)) {
        const source = readObject(cited['source']) ?? {};
        const [start, end] = [readCount(cited['startIndex']), readCount(cited['endIndex'])];
        const placed = start === null || end === null ? null : { start: textStart + start, end: textStart + end };
        loose.delete(readText(source['id']) ?? '');
        add({ type: 'citation', citation: { ...readSource(source), quote: readText(cited['citedText']), ...placed } });
      }
    },
    end() {
      for (const citation of loose.values()) add({ type: 'citation', citation });
    },
  };
}

function readSource(source: JsonObject): Citation {
  const title = readWord(source['title']) ?? readWord(source['filename']);
  return { url: readWord(source['url']), title, quote: null, start: null, end: null };
}

/** A picture or a sound that the model made. What is neither, or lies at an address, has no place: the caller is told. */
export function readFile(part: JsonObject): ProviderEvent {
  const mediaType = readWord(part['mediaType']) ?? '';
  const data = toBase64(part['data']);
  const kind = /^(image|audio)\//.exec(mediaType)?.[1];
  if (data !== null && kind === 'image') return { type: 'image', mediaType, data };
  if (data !== null && kind === 'audio') return { type: 'audio', mediaType, data };
  return {
    type: 'warning',
    message: `A file that the model made (${mediaType.slice(0, 60)}) was left out: it is no picture or sound in the answer.`,
  };
}

/** As they are or, since version 4, in an object that says so. */
function toBase64(value: unknown): string | null {
  return bytesToBase64(value) ?? (isJsonObject(value) && value['type'] === 'data' ? bytesToBase64(value['data']) : null);
}

function bytesToBase64(value: unknown): string | null {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return typeof value === 'string' ? value : null;
}
