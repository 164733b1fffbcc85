import type { Headers } from '../graph/http.ts';
import type { GraphResult } from '../graph/result.ts';
import { messagesOf } from '../graph/result.ts';
import type { Keyring } from './keyring.ts';

/** The credential under the name that the HTTP header has; connection parameters use the same name. */
export function authorization(secret: string | null): Headers {
  return secret === null ? {} : { Authorization: `Bearer ${secret}` };
}

/** Learns from any answer that the key does not hold. Only UNAUTHENTICATED says so: a missing scope is not the key's fault. */
export function judgeKey(keyring: Keyring, secret: string | null, result: GraphResult): void {
  const [message] = messagesOf(result, 'UNAUTHENTICATED');
  if (message !== undefined) keyring.judge(secret, { kind: 'refused', message });
}
