import { randomBytes } from 'node:crypto';
import { createCustomer } from './customer.ts';
import type { CuttingProxy } from './cuttingProxy.ts';
import { openCuttingProxy } from './cuttingProxy.ts';
import { createTestDatabase, serverUrl } from './database.ts';
import type { GatewayProcess } from './gatewayProcess.ts';
import { startGateway } from './gatewayProcess.ts';
import type { GatewayUser } from './gatewayUser.ts';
import { createGatewayUser } from './gatewayUser.ts';

/** A gateway whose database can be taken away, and a customer with a limit of calls. */
export interface AwayDatabase extends AsyncDisposable {
  readonly gateway: GatewayProcess;
  readonly user: GatewayUser;
  readonly limit: number;
  /** Past what can be taken away. */
  readonly databaseUrl: string;
  leave(): void;
  comeBack(): void;
}

export async function openAwayDatabase(wal: 'file' | 'database'): Promise<AwayDatabase> {
  await using open = new AsyncDisposableStack();
  const { location, folder } = open.use(await createTestDatabase('POSTGRES'));
  if (location.type !== 'POSTGRES') throw new Error('This database is no PostgreSQL.');
  const proxy: CuttingProxy = open.use(await openCuttingProxy(Number(new URL(serverUrl).port || 5432)));
  const url = Object.assign(new URL(location.url), { hostname: '127.0.0.1', port: String(proxy.port) }).href;
  const env = { DATABASE_URL: url, MODELGRAPH_WAL: wal, MODELGRAPH_ENCRYPTION_KEY: randomBytes(32).toString('base64') };
  const gateway = open.use(await startGateway({ dataFolder: folder, env }));
  const admin = open.use(createGatewayUser(gateway));
  const limit = 500;
  const { secret } = await createCustomer(admin, { requests: limit });
  const user = open.use(createGatewayUser(gateway, secret));
  const closing = open.move();
  return {
    gateway,
    user,
    limit,
    databaseUrl: location.url,
    leave() {
      proxy.shut = true;
      proxy.cut();
    },
    comeBack() {
      proxy.shut = false;
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
