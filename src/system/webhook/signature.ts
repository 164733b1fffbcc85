import { createHmac } from 'node:crypto';
import type { WebhookMessage } from '../../ports/webhook.ts';

const prefix = 'whsec_';

/** The bytes of a secret as the specification writes it: `whsec_` and base64. */
function readSecret(secret: string): Buffer {
  return Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64');
}

/** The headers that prove who sent a message (https://www.standardwebhooks.com): one signature for each secret. */
export function signMessage({ id, at, body }: WebhookMessage, secrets: readonly string[]): Readonly<Record<string, string>> {
  const timestamp = Math.floor(at / 1000);
  const sign = (secret: string) => createHmac('sha256', readSecret(secret)).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map((secret) => `v1,${sign(secret)}`).join(' '),
  };
}
