import type { Citation } from '../../domain/citation.ts';
import type { JsonObject } from '../../domain/json.ts';
import { readCount, readList, readObject, readWord } from '../wire/json.ts';

/** https://docs.cohere.com/docs/rag-citations. One for each source; a source that is a tool's answer has no address. */
export function readCitations(said: JsonObject): readonly Citation[] {
  const place = { start: readCount(said['start']), end: readCount(said['end']) };
  return readList(said['sources']).map((source) => {
    const document = readObject(readObject(source)?.['document']);
    return {
      url: readWord(document?.['url']),
      title: readWord(document?.['title']) ?? readWord(readObject(source)?.['id']),
      quote: readWord(document?.['snippet']) ?? readWord(document?.['text']),
      ...place,
    };
  });
}
