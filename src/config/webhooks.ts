import type { Webhook } from '../ports/webhook.ts';
import type { FileSettings } from './fileSchema.ts';

export function readWebhooks({ webhooks }: FileSettings['alerts']): readonly Webhook[] {
  return webhooks.map(({ secret, previousSecret, ...rest }) => ({
    ...rest,
    secrets: previousSecret === undefined ? [secret] : [secret, previousSecret],
  }));
}
