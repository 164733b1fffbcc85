import { post } from '../graph/http.ts';
import { isRecord } from '../graph/result.ts';
import { authorization, judgeKey } from './credential.ts';
import type { Keyring } from './keyring.ts';

const question = 'query KeyCheck { viewer { principal { id } } }';

/** Asks the gateway who the held key is, so that a wrong or expired one is reported before the first run and not by it. */
export async function checkKey(url: string, keyring: Keyring): Promise<void> {
  const { secret } = keyring.held.get();
  if (secret === null) return;
  const result = await post(url, { query: question }, authorization(secret));
  judgeKey(keyring, secret, result);
  const data = result['data'];
  if (isRecord(data) && isRecord(data['viewer'])) keyring.judge(secret, { kind: 'accepted' });
}
