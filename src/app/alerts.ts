import type { Config } from '../config.ts';
import type { ReplicaId } from '../domain/id.ts';
import type { AlertDeliveries } from '../gateway/alertDelivery.ts';
import { openAlertDeliveries } from '../gateway/alertDelivery.ts';
import { writeAlertMessage } from '../graphql/alertMessage.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Store } from '../ports/store.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { createWebhookSender } from '../system/webhook/sender.ts';

export interface AlertParts {
  readonly store: Store;
  readonly replicaId: ReplicaId;
  readonly clock: Clock;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly config: () => Config;
}

/** Alerts go to the webhooks of the configuration in force. */
export function openConfiguredAlerts({ store, config, ...parts }: AlertParts): AlertDeliveries {
  return openAlertDeliveries({
    ...parts,
    alerts: store.alerts,
    sender: createWebhookSender(parts),
    draw: Math.random,
    webhooks: () => config().webhooks,
    write: writeAlertMessage,
  });
}
