import type { Access } from '../gateway/gateway.ts';
import type { Graph } from '../graphql/graph.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import type { ClientAddress } from './clientAddress.ts';
import type { ServerSettings } from './settings.ts';

/** What every transport works with. */
export interface ServerParts {
  readonly graph: Graph;
  readonly access: Access;
  readonly settings: ServerSettings;
  readonly clock: Clock;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly newRequestId: () => string;
  readonly clientAddress: ClientAddress;
}
