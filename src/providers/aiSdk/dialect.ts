import { isJsonObject } from '../../domain/json.ts';
import { readList } from '../wire/json.ts';
import type { Specification } from './wire.ts';

/** Who is spoken to: a package by its name, in its version of the specification. */
export interface Dialect {
  readonly packageName: string;
  readonly version: Specification;
  /** Whether it passes the address of something of this type on to its provider. */
  readonly takesUrl: (mediaType: string, url: string) => boolean;
}

/** Of a model's `supportedUrls`: patterns of addresses by media type, which may end in `*` (https://ai-sdk.dev/providers/community-providers/custom-providers). */
export function readSupportedUrls(supported: unknown): Dialect['takesUrl'] {
  const rules = Object.entries(isJsonObject(supported) ? supported : {}).map(([type, patterns]) => ({
    prefix: type.toLowerCase().replace(/^\*(?:\/\*)?$|\*$/, ''),
    patterns: readList(patterns).filter((pattern) => pattern instanceof RegExp),
  }));
  return (mediaType, url) =>
    rules.some(
      ({ prefix, patterns }) =>
        mediaType.toLowerCase().startsWith(prefix) && patterns.some((pattern) => url.toLowerCase().search(pattern) >= 0),
    );
}
