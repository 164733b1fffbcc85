import { createApiKeySecrets } from '../identity/apiKey.ts';
import type { IssuedSecret } from '../ports/credential.ts';
import { isAddressRange } from '../server/clientAddress.ts';
import type { LogLevel } from '../system/log.ts';
import { logLevels } from '../system/log.ts';
import { readSecret } from '../system/secretFile.ts';
import type { ConfigProblem } from './problem.ts';
import type { WalKind } from './walKind.ts';
import { walKinds } from './walKind.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says; null leaves it to the file or the default. */
export interface EnvironmentSettings {
  readonly production: boolean;
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  readonly configFile: string | null;
  readonly adminKey: IssuedSecret | null;
  readonly databaseUrl: string | null;
  readonly databaseDirectUrl: string | null;
  readonly wal: WalKind | null;
  /** Address ranges of the proxies before the gateway. */
  readonly trustedProxies: readonly string[];
  /** What seals kept answers; null: a secret of this data folder's own. */
  readonly encryptionKey: Uint8Array | null;
  readonly logLevel: LogLevel | null;
  readonly sandbox: boolean | null;
  readonly probe: boolean | null;
}

export interface EnvironmentReading {
  readonly settings: EnvironmentSettings;
  readonly problems: readonly ConfigProblem[];
}

/** How a variable is read, and what is said when it cannot be. */
interface Reader<Value> {
  readonly read: (text: string) => Value | undefined;
  readonly reason: string;
  readonly hint: string;
}

const port: Reader<number> = {
  read: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
  reason: 'must be a whole number from 0 to 65535.',
  hint: 'The port to listen on; 0 takes any free one. Default 4000.',
};

const flag: Reader<boolean> = {
  read: (text) => flags[text.toLowerCase()],
  reason: 'must be on or off.',
  hint: 'true, 1 and yes mean on; false, 0 and no mean off.',
};
const flags: Partial<Record<string, boolean>> = { on: true, true: true, 1: true, yes: true, off: false, false: false, 0: false, no: false };

const logLevel: Reader<LogLevel> = {
  read: (text) => logLevels.find((level) => level === text),
  reason: `must be one of ${logLevels.join(', ')}.`,
  hint: 'The least important lines of the log. Default info.',
};

const adminKey: Reader<IssuedSecret> = {
  read: (text) => createApiKeySecrets().read(text) ?? undefined,
  reason: 'is no well-formed key: its form or its checksum is wrong.',
  hint: 'A key has 57 characters and begins with mg_live_. Without the variable, the first start makes one and prints it.',
};

const database: Reader<string> = {
  read: (text) => (/^postgres(?:ql)?:$/.test(URL.parse(text)?.protocol ?? '') ? text : undefined),
  reason: 'must be an address that begins with postgres:// or postgresql://.',
  hint: 'For instance postgres://user:password@host:5432/modelgraph. Without it, an embedded database in MODELGRAPH_DATA is used.',
};

const wal: Reader<WalKind> = {
  read: (text) => walKinds.find((kind) => kind === text),
  reason: `must be ${walKinds.join(' or ')}.`,
  hint: 'Where a call is written down before it is made: in the data folder, or in the database. Default file.',
};

const encryptionKey: Reader<Uint8Array> = {
  read: (text) => readSecret(text) ?? undefined,
  reason: 'must be 32 bytes in base64.',
  hint: 'For instance from: openssl rand -base64 32. All replicas of one database need the same one.',
};

const ranges: Reader<readonly string[]> = {
  read(text) {
    const list = text.split(/[\s,]+/).filter((range) => range !== '');
    return list.every(isAddressRange) ? list : undefined;
  },
  reason: 'must be a list of address ranges, such as 10.0.0.0/8, ::1.',
  hint: 'The proxies before the gateway, whose X-Forwarded-For is believed. Without it, the client is whoever connects.',
};

const anyText: Reader<string> = { read: (text) => text, reason: '', hint: '' };

/** Reads every variable that is a setting. An empty one counts as not set. */
export function readEnvironment(env: Environment): EnvironmentReading {
  const problems: ConfigProblem[] = [];
  function take<Value>(name: string, reader: Reader<Value>): Value | null {
    const text = env[name];
    if (text === undefined || text === '') return null;
    const value = reader.read(text);
    if (value === undefined) problems.push({ path: name, line: null, reason: reader.reason, hint: reader.hint });
    return value ?? null;
  }
  const settings: EnvironmentSettings = {
    production: env['NODE_ENV'] === 'production',
    port: take('PORT', port) ?? 4000,
    host: take('HOST', anyText) ?? '127.0.0.1',
    dataFolder: take('MODELGRAPH_DATA', anyText) ?? './data',
    configFile: take('MODELGRAPH_CONFIG', anyText),
    adminKey: take('MODELGRAPH_ADMIN_KEY', adminKey),
    databaseUrl: take('DATABASE_URL', database),
    databaseDirectUrl: take('DATABASE_DIRECT_URL', database),
    wal: take('MODELGRAPH_WAL', wal),
    encryptionKey: take('MODELGRAPH_ENCRYPTION_KEY', encryptionKey),
    trustedProxies: take('MODELGRAPH_TRUSTED_PROXIES', ranges) ?? [],
    logLevel: take('MODELGRAPH_LOG_LEVEL', logLevel),
    sandbox: take('MODELGRAPH_SANDBOX', flag),
    probe: take('MODELGRAPH_PROBE', flag),
  };
  if (env['DATABASE_DIRECT_URL'] && !env['DATABASE_URL']) problems.push(directUrlAlone);
  return { settings, problems };
}

const directUrlAlone: ConfigProblem = {
  path: 'DATABASE_DIRECT_URL',
  line: null,
  reason: 'is set without DATABASE_URL.',
  hint: 'It only adds an address that goes past a connection pooler; set DATABASE_URL as well.',
};
