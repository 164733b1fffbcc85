import { AwsV4Signer } from 'aws4fetch';
import type { Clock } from '../../ports/clock.ts';
import type { ProviderSettings } from '../../ports/providerSettings.ts';

export interface SignedRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  /** JSON text. */
  readonly body: string | null;
}

/** By what the service knows who asks: the headers of a request. */
export type Sign = (request: SignedRequest) => Promise<Readonly<Record<string, string>>>;

/**
 * An API key goes along as it is (https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-use.html); an access key signs each request
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html), its body and its time included.
 */
export function createSign({ apiKey, credentials, headers }: ProviderSettings, region: string, clock: Clock): Sign {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    const fixed = apiKey === null ? headers : { authorization: `Bearer ${apiKey}`, ...headers };
    return async () => fixed;
  }
  // The key that is derived of the secret holds for a day.
  const cache = new Map<string, ArrayBuffer>();
  const account = {
    accessKeyId,
    secretAccessKey,
    service: 'bedrock',
    region,
    cache,
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
  return async ({ method, url, body }) => {
    const datetime = new Date(clock.now()).toISOString().replaceAll(/[:-]|\.\d{3}/g, '');
    const signer = new AwsV4Signer({ ...account, method, url: url.href, datetime, ...(body === null ? {} : { body }) });
    const signed = await signer.sign();
    return { ...Object.fromEntries(signed.headers), ...headers };
  };
}
