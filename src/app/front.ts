import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { OpenGateway } from '../gateway/createGateway.ts';
import type { createSchema } from '../graphql/createGraph.ts';
import { createGraph } from '../graphql/createGraph.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { Log } from '../ports/log.ts';
import type { MetricsPage, Telemetry } from '../ports/telemetry.ts';
import type { Server } from '../server/createServer.ts';
import { createServer } from '../server/createServer.ts';
import { defaultServerSettings } from '../server/settings.ts';
import { findPackageRoot } from '../system/packageRoot.ts';
import type { ReadinessReport } from './readiness.ts';
import { readSchema } from './schema.ts';

/** The graph and its server, as far as they can be made before there is a gateway behind them. */
export interface Front {
  /** Listens. Rejects when the port cannot be had. */
  open(parts: FrontParts): Promise<Server>;
}

export interface FrontParts {
  readonly config: Config;
  readonly gateway: OpenGateway;
  readonly readiness: () => Promise<ReadinessReport>;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly telemetry: Telemetry;
  /** Null: nothing is measured. */
  readonly metrics: (() => Promise<MetricsPage>) | null;
}

/** Makes the schema: work for the time in which the database opens. */
export function prepareFront(): Front {
  const schema = readSchema();
  return { open: (parts) => openServer(parts, schema, join(findPackageRoot(), 'web', 'dist')) };
}

function openServer(
  { config, gateway, readiness, clock, ids, log, telemetry, metrics }: FrontParts,
  schema: ReturnType<typeof createSchema>,
  playgroundFolder: string,
): Promise<Server> {
  const { production, host, port, server, trustedProxies } = config;
  return createServer({
    host,
    port,
    production,
    graph: createGraph({ schema, gateway, clock, log }, { introspection: production ? 'PRINCIPALS' : 'ANYONE' }),
    access: gateway.access,
    settings: { ...defaultServerSettings, ...server, trustedProxies },
    clock,
    log,
    telemetry,
    metrics,
    newRequestId: () => ids.next(),
    readiness,
    shutdown: gateway,
    playgroundFolder,
  });
}
