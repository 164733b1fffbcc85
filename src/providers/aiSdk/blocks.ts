import type { JsonObject } from '../../domain/json.ts';
import type { ProviderEvent } from '../../domain/providerEvent.ts';
import { readText } from '../wire/json.ts';
import type { Sources } from './content.ts';
import type { Seal } from './seal.ts';
import { readOptions, seal } from './seal.ts';

/** What is done with a part, by its type. */
export type PartReaders = Readonly<Record<string, (part: JsonObject) => void>>;

/** The texts and thoughts of an answer: in pieces, each block by its id, or whole. */
export interface Blocks {
  readonly streamed: PartReaders;
  readonly whole: PartReaders;
  /** What a package said of a part for itself, if anything, so that it goes back with the conversation. */
  seal(sealed: Seal): void;
}

interface BlocksSettings {
  readonly packageName: string;
  readonly sources: Sources;
  readonly add: (event: ProviderEvent) => void;
}

export function createBlocks({ packageName, sources, add }: BlocksSettings): Blocks {
  /** What was last said of a block that has not ended. */
  const said = new Map<string, unknown>();
  /** Where the texts that have not ended begin, in the answer's whole text. */
  const begun = new Map<string, number>();
  let textLength = 0;

  const remember = (part: JsonObject): void => {
    if (part['providerMetadata'] !== undefined) said.set(idOf(part), part['providerMetadata']);
  };
  const recall = (part: JsonObject): Seal['options'] => {
    remember(part);
    const metadata = readOptions(said.get(idOf(part))) ?? {};
    said.delete(idOf(part));
    return metadata;
  };
  const sealPart = (sealed: Seal): void => {
    if (Object.keys(sealed.options).length > 0) add({ type: 'reasoning', text: '', signature: seal(packageName, sealed) });
  };
  const sayText = (text: string): void => {
    textLength += text.length;
    if (text !== '') add({ type: 'text', text });
  };
  /** Sealed even where nothing was said of it: what is not would not go back. */
  const endThought = (options: Seal['options'], text: string): void =>
    add({ type: 'reasoning', text, signature: seal(packageName, { of: 'thought', options }) });

  return {
    seal: sealPart,
    streamed: {
      'text-start': (part) => {
        remember(part);
        begun.set(idOf(part), textLength);
      },
      'text-delta': (part) => {
        remember(part);
        sayText(readText(part['delta']) ?? '');
      },
      'text-end': (part) => {
        sources.place(part, begun.get(idOf(part)) ?? 0);
        sealPart({ of: 'text', options: recall(part) });
      },
      'reasoning-start': remember,
      'reasoning-delta': (part) => {
        remember(part);
        const text = readText(part['delta']) ?? '';
        if (text !== '') add({ type: 'reasoning', text, signature: null });
      },
      'reasoning-end': (part) => endThought(recall(part), ''),
    },
    whole: {
      text: (part) => {
        sayText(readText(part['text']) ?? '');
        sealPart({ of: 'text', options: readOptions(part['providerMetadata']) ?? {} });
      },
      reasoning: (part) => endThought(readOptions(part['providerMetadata']) ?? {}, readText(part['text']) ?? ''),
    },
  };
}

function idOf(part: JsonObject): string {
  return readText(part['id']) ?? '';
}
