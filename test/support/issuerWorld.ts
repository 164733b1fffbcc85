import type { GatewayError } from '../../src/domain/errors.ts';
import { createUserTokens } from '../../src/identity/jwt.ts';
import type { IssuerSettings, VouchedUser } from '../../src/ports/issuer.ts';
import { createManualClock } from './manualClock.ts';
import { silentLog } from './silentLog.ts';
import type { SigningKey } from './tokenIssuer.ts';
import { issuerName, signToken } from './tokenIssuer.ts';

export const jwksUrl = 'https://login.example.com/keys';
export const issuerSettings: IssuerSettings = {
  issuer: issuerName,
  audiences: ['modelgraph', 'gateway'],
  jwksUrl,
  algorithms: ['ES256', 'RS256'],
  organization: 'Acme',
  team: 'Search',
  userClaim: 'sub',
  userPrefix: '',
  nameClaim: 'name',
  scopes: { claim: null, values: {}, always: ['MODELS_READ'] },
};

/** Issuers whose documents are by address what the test puts there, at first this key; one that is not there cannot be reached. */
export function issuerWorld(published: SigningKey, ...issuers: readonly IssuerSettings[]) {
  const clock = createManualClock();
  const documents = new Map<string, unknown>([[jwksUrl, { keys: [published.publicJwk] }]]);
  const asked: string[] = [];
  const state = { issuers: issuers.length === 0 ? [issuerSettings] : issuers };
  const fetch = async (input: string | URL | Request) => {
    const url = String(input);
    asked.push(url);
    if (!documents.has(url)) throw new TypeError('fetch failed');
    const document = documents.get(url);
    return document instanceof Response ? document : Response.json(document);
  };
  const tokens = createUserTokens({ issuers: () => state.issuers, fetch, clock, log: silentLog });
  const read = async (token: string): Promise<VouchedUser> => tokens.read(token);
  const codeOf = (token: string) =>
    read(token).then(
      () => 'read',
      ({ code }: GatewayError) => code,
    );
  const publish = (...keys: readonly SigningKey[]) => documents.set(jwksUrl, { keys: keys.map(({ publicJwk }) => publicJwk) });
  const sign = (key: SigningKey, claims: Readonly<Record<string, unknown>> = {}) => signToken(key, clock.now(), claims);
  return { clock, documents, asked, state, tokens, read, codeOf, publish, sign };
}
