import type { Citation } from '../../domain/citation.ts';
import type { JsonObject } from '../../domain/json.ts';
import { readText, readWord } from '../wire/json.ts';

/** A place in a document of the caller's, or an address. The format does not say which part of the text it supports, but for its block. */
export function readCitation(said: JsonObject): Citation {
  return {
    url: readWord(said['url']) ?? readWord(said['source']),
    title: readWord(said['document_title']) ?? readWord(said['title']),
    quote: readText(said['cited_text']),
    start: null,
    end: null,
  };
}
