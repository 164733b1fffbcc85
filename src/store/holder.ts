import { keyHolder } from '../domain/holder.ts';
import type { ApiKeyId, Holder } from '../domain/id.ts';
import { toId } from '../domain/id.ts';

/** Rows and lines of the log from before there were other holders than keys do not name theirs. */
export function readHolder(holder: string | null | undefined, apiKeyId: ApiKeyId | null): Holder {
  if (typeof holder === 'string') return toId(holder);
  if (apiKeyId === null) throw new TypeError('A call has neither a holder nor a key.');
  return keyHolder(apiKeyId);
}
