import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment, EnvironmentSettings } from '../config/environment.ts';
import { readEnvironment } from '../config/environment.ts';
import { formatProblems } from '../config/problem.ts';
import { createApiKeySecrets } from '../identity/apiKey.ts';
import { isHeld } from '../store/lock.ts';
import { readOwner } from '../store/lockOwner.ts';
import { createClock } from '../system/clock.ts';
import type { OpenDesk } from './desk.ts';
import { CommandFailure, typedWrong } from './failure.ts';
import { createGraphDesk } from './graphDesk.ts';

export interface PlaceQuestion {
  readonly env: Environment;
  /** Where a gateway is said to listen. */
  readonly url: string | null;
  /** A file with an administrator's key. */
  readonly adminKeyFile: string | null;
  /** Whether an embedded database may be made where there is none. */
  readonly mayMake: boolean;
}

/**
 * By a running gateway where one is known: the one of `--url`, or the one that holds the data folder, which nobody else may open. Else on the
 * store itself.
 */
export async function openDesk(question: PlaceQuestion): Promise<OpenDesk> {
  const { settings, problems } = readEnvironment(question.env);
  if (problems.length > 0) throw new CommandFailure(formatProblems(problems));
  const { databaseUrl, databaseDirectUrl, dataFolder } = settings;
  const url = question.url ?? (databaseUrl === null ? ownerOf(dataFolder) : null);
  if (url !== null) return createGraphDesk({ url: readUrl(url), adminKey: readAdminKey(question, settings) });
  const { openStoreDesk } = await import('./storeDesk.ts');
  if (databaseUrl !== null) {
    const location = { type: 'POSTGRES', url: databaseUrl, directUrl: databaseDirectUrl, connections: 2 } as const;
    return await openStoreDesk({ location, place: 'on the database of DATABASE_URL' });
  }
  if (!question.mayMake && !existsSync(join(dataFolder, 'pg')))
    throw new CommandFailure(
      `The folder ${dataFolder} holds no data yet. Set MODELGRAPH_DATA to the gateway's data folder, or start the gateway.`,
    );
  return await openStoreDesk({ location: { type: 'EMBEDDED', folder: dataFolder }, place: `on the data folder ${dataFolder}` });
}

/** The address of the gateway that holds the folder; null when none does. */
function ownerOf(dataFolder: string): string | null {
  const lock = join(dataFolder, 'lock');
  if (!isHeld(lock, createClock())) return null;
  const owner = readOwner(lock);
  if (owner === null) return null;
  if (owner.address !== null) return owner.address;
  throw new CommandFailure(`Process ${owner.pid} holds the data folder ${dataFolder} and does not listen yet. Try again in a moment.`);
}

function readUrl(url: string): string {
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw typedWrong('--url must begin with http:// or https://.');
  return url;
}

/** Never an argument: every user of the machine sees those of a running program, and a shell keeps them in its history. */
function readAdminKey({ adminKeyFile }: PlaceQuestion, { adminKey }: EnvironmentSettings): string {
  if (adminKeyFile === null) {
    if (adminKey !== null) return adminKey.secret;
    throw new CommandFailure(
      'The gateway runs, so it must be asked, with the key of an administrator: set MODELGRAPH_ADMIN_KEY, or name a file that holds the key with --admin-key-file.\n' +
        'There is no argument for the key itself: other users of this machine could read it, and the shell would keep it.',
    );
  }
  const secret = createApiKeySecrets().read(readKeyFile(adminKeyFile))?.secret;
  if (secret === undefined) throw new CommandFailure(`The file ${adminKeyFile} holds no well-formed key.`);
  return secret;
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new CommandFailure(`The file ${path} cannot be read.`, { cause });
  }
}
