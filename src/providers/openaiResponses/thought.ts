import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import { readWord } from '../wire/json.ts';
import { openSignature, sealSignature } from '../wire/signature.ts';
import type { WireItem } from './wire.ts';
import { format } from './wire.ts';

/**
 * A thought goes back as the item that it came as: its id where it has one, and what the provider encrypted of it, since nothing is stored there
 * (https://platform.openai.com/docs/guides/reasoning#encrypted-reasoning-items). Null where it was not encrypted: then it cannot go back.
 */
export function sealThought(item: JsonObject): string | null {
  const sealed = readSealed(item);
  return sealed === null ? null : sealSignature(format, JSON.stringify(sealed));
}

/** The item again; null for thoughts of another's. */
export function openThought(text: string, signature: string | null): WireItem | null {
  const sealed = openSignature(format, signature);
  const item = sealed === null ? null : readSealed(parse(sealed));
  if (item === null) return null;
  const summary = text === '' ? [] : [{ type: 'summary_text', text }];
  return { type: 'reasoning', ...item, summary };
}

function readSealed(value: unknown): { readonly id?: string; readonly encrypted_content: string } | null {
  if (!isJsonObject(value)) return null;
  const id = readWord(value['id']);
  const encrypted = readWord(value['encrypted_content']);
  return encrypted === null ? null : { ...(id === null ? {} : { id }), encrypted_content: encrypted };
}

/** What a caller sends back may be anything. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
