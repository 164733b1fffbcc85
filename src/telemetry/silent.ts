import type { Telemetry } from '../ports/telemetry.ts';

/** Listens to nothing: for a gateway whose metrics are off. */
export const silentTelemetry: Telemetry = {
  callEnded() {},
  callsRefused() {},
  attemptEnded() {},
  quotasSynced() {},
  webhookTold() {},
  opened: () => () => {},
};
