import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import type { OpenGateway } from '../gateway/createGateway.ts';
import { createGraph, createSchema } from '../graphql/createGraph.ts';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/idSource.ts';
import type { Log } from '../ports/log.ts';
import type { Server } from '../server/createServer.ts';
import { createServer } from '../server/createServer.ts';
import { defaultServerSettings } from '../server/settings.ts';
import { findPackageRoot } from '../system/packageRoot.ts';
import type { ReadinessReport } from './readiness.ts';

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
}

/** Makes the schema: work for the time in which the database opens. */
export function prepareFront(): Front {
  const root = findPackageRoot();
  const schema = createSchema(readSdl(join(root, 'schema')));
  return { open: (parts) => openServer(parts, schema, join(root, 'web', 'dist')) };
}

function openServer(
  { config, gateway, readiness, clock, ids, log }: FrontParts,
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
    newRequestId: () => ids.next(),
    readiness,
    shutdown: gateway,
    playgroundFolder,
  });
}

function readSdl(folder: string): readonly string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  return files.sort().map((name) => readFileSync(join(folder, name), 'utf8'));
}
