import type { Citation } from '../../domain/citation.ts';
import { isJsonObject } from '../../domain/json.ts';
import { readCount, readWord } from '../wire/json.ts';

/** An address that is cited; files of the provider's own are not ours to name. */
export function readAnnotation(annotation: unknown): readonly Citation[] {
  if (!isJsonObject(annotation) || annotation['type'] !== 'url_citation') return [];
  return [
    {
      url: readWord(annotation['url']),
      title: readWord(annotation['title']),
      quote: null,
      start: readCount(annotation['start_index']),
      end: readCount(annotation['end_index']),
    },
  ];
}
