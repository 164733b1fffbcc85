import { join } from 'node:path';
import type { Config } from '../config.ts';
import { GatewayError } from '../domain/errors.ts';
import { createClientTokens } from '../identity/clientToken.ts';
import type { ClientTokens } from '../ports/credential.ts';
import type { Vault } from '../ports/vault.ts';
import { openSecretFile } from '../system/secretFile.ts';
import { createVault } from '../system/vault.ts';

/** What is sealed and signed with the gateway's secret, each with a key of its own. */
export interface SecretParts {
  readonly vault: Vault;
  readonly tokens: ClientTokens;
}

/** By the operator's secret, else by one of the data folder's own, which the first start makes. */
export function openSecretParts({ encryptionKey, dataFolder }: Pick<Config, 'encryptionKey' | 'dataFolder'>): SecretParts {
  const path = join(dataFolder, 'secret.key');
  const secret = encryptionKey ?? openSecretFile(path);
  if (secret !== null) return { vault: createVault(secret), tokens: createClientTokens(secret) };
  throw new GatewayError(
    'INVALID_REQUEST',
    `${path} does not hold 32 bytes in base64. Restore it, or delete it to have another made: answers that are kept for idempotency keys, and client tokens, are lost then.`,
  );
}
