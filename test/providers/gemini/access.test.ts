import { exportPKCS8, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../src/domain/errors.ts';
import { createAccess } from '../../../src/providers/gemini/access.ts';
import type { Endpoint } from '../../../src/providers/wire/endpoint.ts';
import { toPeer } from '../../../src/providers/wire/failure.ts';
import { errorOf, neverAborted } from '../../support/collect.ts';
import { createManualClock } from '../../support/manualClock.ts';
import { settingsOf } from '../../support/providerCall.ts';

const { privateKey } = await generateKeyPair('RS256', { extractable: true });
const credentials = { clientEmail: 'gateway@project.iam.gserviceaccount.com', privateKey: await exportPKCS8(privateKey) };

/** An access whose tokens are given by hand: each exchange waits for its answer, or for its own signal. */
function world() {
  const settings = settingsOf({ format: 'gemini', credentials });
  const clock = createManualClock();
  const exchanges: PromiseWithResolvers<unknown>[] = [];
  const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const tokens: Pick<Endpoint, 'post' | 'read'> = {
    post(_request, signal) {
      const answer = Promise.withResolvers<unknown>();
      signal.addEventListener('abort', () => answer.reject(signal.reason));
      exchanges.push(answer);
      begun[exchanges.length - 1]?.resolve();
      // Only handed on to `read`.
      return {} as ReturnType<Endpoint['post']>;
    },
    read: () => exchanges.at(-1)?.promise ?? Promise.reject(new Error('Nothing was sent.')),
  };
  const access = createAccess({ settings, peer: toPeer(settings), clock, tokens });
  return { access, clock, exchanges, begun: begun.map(({ promise }) => promise) };
}

describe('a token for a service account', () => {
  it('that does not come in time is given up, and the next call asks again', async () => {
    const { access, clock, exchanges, begun } = world();
    const outcome = errorOf(access.headers(neverAborted));
    await begun[0];
    await clock.advance(15_000);
    expect(await outcome).toMatchObject({ code: 'UPSTREAM_TIMEOUT' });
    expect(clock.waiting).toBe(0);
    const again = access.headers(neverAborted);
    await begun[1];
    exchanges[1]?.resolve({ access_token: 'ya29.2', expires_in: 3600 });
    expect(await again).toEqual({ authorization: 'Bearer ya29.2' });
    expect(clock.waiting).toBe(0);
  });

  it('is not waited for by who leaves, and still comes for who stays', async () => {
    const { access, exchanges, begun } = world();
    const abort = new AbortController();
    const left = errorOf(access.headers(abort.signal));
    const stayed = access.headers(neverAborted);
    await begun[0];
    abort.abort(new Error('gone'));
    expect(await left).toBe(abort.signal.reason);
    exchanges[0]?.resolve({ access_token: 'ya29.1' });
    expect(await stayed).toEqual({ authorization: 'Bearer ya29.1' });
    expect(exchanges).toHaveLength(1);
  });

  it('that is refused when all have left breaks nothing', async () => {
    const { access, clock, exchanges, begun } = world();
    const abort = new AbortController();
    const left = errorOf(access.headers(abort.signal));
    await begun[0];
    abort.abort(new Error('gone'));
    await left;
    exchanges[0]?.reject(new GatewayError('UPSTREAM_REFUSED', 'No.'));
    // Until the failed exchange is forgotten.
    await clock.advance(0);
    const again = access.headers(neverAborted);
    await begun[1];
    exchanges[1]?.resolve({ access_token: 'ya29.2' });
    expect(await again).toEqual({ authorization: 'Bearer ya29.2' });
  });

  it('that was refused by the service is not used again', async () => {
    const { access, exchanges, begun } = world();
    const first = access.headers(neverAborted);
    await begun[0];
    exchanges[0]?.resolve({ access_token: 'ya29.1' });
    await first;
    access.forget();
    const second = access.headers(neverAborted);
    await begun[1];
    exchanges[1]?.resolve({ access_token: 'ya29.2' });
    expect(await second).toEqual({ authorization: 'Bearer ya29.2' });
  });
});
