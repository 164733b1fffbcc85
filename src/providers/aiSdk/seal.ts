import { isJsonObject } from '../../domain/json.ts';
import { openSignature, sealSignature } from '../wire/signature.ts';
import type { SdkOptions } from './wire.ts';
import { format } from './wire.ts';

/** What a package said of a part, for itself: its next call wants it back on that part (a signature, the id of an item). */
export interface Seal {
  readonly of: 'thought' | 'text' | 'call';
  /** Of a call. */
  readonly id?: string;
  readonly options: SdkOptions;
}

/** Of one package only: to another it means nothing. */
export function seal(packageName: string, sealed: Seal): string {
  return sealSignature(`${format}:${packageName}`, JSON.stringify(sealed));
}

/** Null for the seals of others, and for what a caller made up. */
export function openSeal(packageName: string, signature: string | null): Seal | null {
  const text = openSignature(`${format}:${packageName}`, signature);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    const options = isJsonObject(value) ? readOptions(value['options']) : null;
    const { of, id } = isJsonObject(value) ? value : {};
    if (options === null || (of !== 'thought' && of !== 'text' && of !== 'call')) return null;
    return typeof id === 'string' ? { of, id, options } : { of, options };
  } catch {
    // Not made by this adapter.
    return null;
  }
}

/** Metadata as the specification has it: objects by the name of who understands them; null for anything else. */
export function readOptions(value: unknown): SdkOptions | null {
  if (!isJsonObject(value)) return null;
  return Object.fromEntries(Object.entries(value).flatMap(([name, options]) => (isJsonObject(options) ? [[name, options]] : [])));
}
