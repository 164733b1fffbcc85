import type { Citation } from '../../domain/citation.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { readList, readObject, readText, readWord } from '../wire/json.ts';

/** What a chunk tells of the whole answer, beside the answer. Chunks repeat themselves: each name counts once. */
export interface Facts {
  /** By the provider's names; null where there is nothing new. */
  readonly fields: JsonObject | null;
  readonly sources: readonly Citation[];
}

/** What has a place of its own, or says nothing of this answer. */
const placed = ['id', 'object', 'created', 'model', 'choices', 'usage', 'x_groq', 'error', 'obfuscation', 'p', 'provider'];

/** Perplexity's sources: addresses alone, or with titles. */
const sourceFields = ['search_results', 'citations'];

const nothing: Facts = { fields: null, sources: [] };

export function createFactReader(): (chunk: JsonObject) => Facts {
  const seen = new Set(placed);
  return (chunk) => {
    let fields: Record<string, JsonValue> | null = null;
    for (const name in chunk) {
      const value = chunk[name];
      if (seen.has(name) || value === undefined || value === null) continue;
      seen.add(name);
      fields ??= {};
      fields[name] = value;
    }
    return fields === null ? nothing : { fields, sources: readSources(fields) };
  };
}

function readSources(fields: JsonObject): readonly Citation[] {
  const name = sourceFields.find((field) => fields[field] !== undefined);
  return name === undefined ? [] : readList(fields[name]).flatMap(toSource);
}

function toSource(source: unknown): readonly Citation[] {
  const url = readText(source) ?? readWord(readObject(source)?.['url']);
  if (url === null) return [];
  return [{ url, title: readWord(readObject(source)?.['title']), quote: null, start: null, end: null }];
}
