import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SigningKey } from './tokenIssuer.ts';

/** An OIDC issuer on loopback, as far as a verifier needs one: its discovery document and its keys. */
export interface IssuerServer extends AsyncDisposable {
  /** Its name and its address. */
  readonly issuer: string;
  /** How often its keys were asked for. */
  readonly asked: number;
  publish(...keys: readonly SigningKey[]): void;
  /** False: it answers 503. */
  up: boolean;
}

export async function startIssuerServer(...first: readonly SigningKey[]): Promise<IssuerServer> {
  let keys = first;
  let asked = 0;
  const server = createServer(({ url }, response) => {
    if (url === '/keys') asked++;
    const documents: Readonly<Record<string, unknown>> = {
      '/.well-known/openid-configuration': { issuer: issuerServer.issuer, jwks_uri: `${issuerServer.issuer}/keys` },
      '/keys': { keys: keys.map(({ publicJwk }) => publicJwk) },
    };
    const document = issuerServer.up ? documents[url ?? ''] : undefined;
    response.writeHead(document === undefined ? 503 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Of a server that listens on a port it is never a path.
  const { port } = server.address() as AddressInfo;
  const issuerServer: IssuerServer = {
    issuer: `http://127.0.0.1:${port}`,
    get asked() {
      return asked;
    },
    publish(...next) {
      keys = next;
    },
    up: true,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return issuerServer;
}
