import { join } from 'node:path';
import type { Config } from '../config.ts';
import { GatewayError } from '../domain/errors.ts';
import type { Vault } from '../ports/vault.ts';
import { openSecretFile } from '../system/secretFile.ts';
import { createVault } from '../system/vault.ts';

/** By the operator's secret, else by one of the data folder's own, which the first start makes. */
export function openVault({ encryptionKey, dataFolder }: Pick<Config, 'encryptionKey' | 'dataFolder'>): Vault {
  const path = join(dataFolder, 'secret.key');
  const secret = encryptionKey ?? openSecretFile(path);
  if (secret !== null) return createVault(secret);
  throw new GatewayError(
    'INVALID_REQUEST',
    `${path} does not hold 32 bytes in base64. Restore it, or delete it to have another made: answers that are kept for idempotency keys are lost then.`,
  );
}
