import { readFileSync } from 'node:fs';
import { checkFile } from './config/checkedFile.ts';
import type { Environment, EnvironmentSettings } from './config/environment.ts';
import { readEnvironment } from './config/environment.ts';
import type { ConfigFile } from './config/file.ts';
import { readConfigFile } from './config/file.ts';
import type { FileSettings } from './config/fileSchema.ts';
import { readIssuers } from './config/identitySchema.ts';
import { readAliases, readModels } from './config/models.ts';
import type { ConfigProblem } from './config/problem.ts';
import { readProviders } from './config/providers.ts';
import type { WalSetting } from './config/walKind.ts';
import { walProblems } from './config/walKind.ts';
import { readWebhooks } from './config/webhooks.ts';
import type { Alias } from './domain/model.ts';
import type { IssuerSettings } from './ports/issuer.ts';
import type { ModelSettings, ProviderSettings } from './ports/providerSettings.ts';
import type { Webhook } from './ports/webhook.ts';
import type { KnownProvider } from './providers/known.ts';
import { knownProviders } from './providers/known.ts';
import type { LogLevel } from './system/log.ts';

type Fixed<Settings> = Settings extends object ? { readonly [Name in keyof Settings]: Fixed<Settings[Name]> } : Settings;

/** All that an operator can say, read and checked. */
export interface Config extends Omit<EnvironmentSettings, 'configFile' | 'logLevel' | 'sandbox' | 'probe' | 'wal'> {
  /** Where the settings of the file come from; null: there is no file. */
  readonly file: string | null;
  readonly hash: string;
  readonly logLevel: LogLevel;
  readonly sandboxEnabled: boolean;
  readonly probeEnabled: boolean;
  /** Those of the file, then those whose key was found in the environment. */
  readonly providers: readonly ProviderSettings[];
  readonly models: readonly ModelSettings[];
  readonly aliases: readonly Alias[];
  readonly defaults: Fixed<FileSettings['defaults']>;
  readonly server: Fixed<FileSettings['server']>;
  readonly ledger: Fixed<FileSettings['ledger']>;
  readonly idempotency: Fixed<FileSettings['idempotency']>;
  /** Whose tokens are let in. */
  readonly issuers: readonly IssuerSettings[];
  /** Who is told of alerts. */
  readonly webhooks: readonly Webhook[];
}

/** A configuration with what is doubtful in it, or all that is wrong with it. */
export type ConfigReading =
  | { readonly config: Config; readonly hash: string; readonly warnings: readonly ConfigProblem[] }
  | { readonly config: null; readonly hash: string; readonly problems: readonly ConfigProblem[] };

export interface ConfigSources {
  readonly env: Environment;
  /** Where the file is looked for. */
  readonly folder: string;
  /** The text of a file; null when there is none. */
  readonly readFile: (path: string) => string | null;
  readonly known?: readonly KnownProvider[];
}

/** The configuration of this process. */
export function readProcessConfig(): ConfigReading {
  return readConfig({ env: process.env, folder: process.cwd(), readFile: readFileIfThere });
}

/** Reads the environment and the file, and tells everything that is wrong at once. */
export function readConfig({ env, folder, readFile, known = knownProviders }: ConfigSources): ConfigReading {
  const environment = readEnvironment(env);
  const file = readConfigFile({ named: environment.settings.configFile, folder, readFile });
  const checked = checkFile(file.document, known, env);
  const problems = [
    ...environment.problems,
    ...file.problems,
    ...checked.problems,
    ...walProblems(walSetting(environment.settings, checked.settings, env)),
  ];
  if (checked.settings === null || problems.length > 0) return { config: null, hash: file.hash, problems };
  const config = join({ environment: environment.settings, file, settings: checked.settings, known, env });
  return { config, hash: file.hash, warnings: checked.warnings };
}

interface ConfigParts {
  readonly environment: EnvironmentSettings;
  readonly file: ConfigFile;
  readonly settings: FileSettings;
  readonly known: readonly KnownProvider[];
  readonly env: Environment;
}

function join({ environment, file, settings, known, env }: ConfigParts): Config {
  const { configFile, logLevel, sandbox, probe, wal, ...listening } = environment;
  return {
    ...listening,
    file: file.path,
    hash: file.hash,
    logLevel: logLevel ?? settings.logLevel,
    sandboxEnabled: sandbox ?? settings.sandbox.enabled ?? !environment.production,
    probeEnabled: probe ?? settings.probe.enabled,
    providers: readProviders({ file: settings.providers, known, env }),
    models: readModels(settings),
    aliases: readAliases(settings.aliases),
    defaults: settings.defaults,
    server: settings.server,
    ledger: { ...settings.ledger, wal: wal ?? settings.ledger.wal },
    idempotency: settings.idempotency,
    issuers: readIssuers(settings.identity),
    webhooks: readWebhooks(settings.alerts),
  };
}

function walSetting({ wal }: EnvironmentSettings, file: FileSettings | null, env: Environment): WalSetting {
  const named = Boolean(env['DATABASE_URL']);
  if (wal !== null) return { kind: wal, databaseNamed: named, path: 'MODELGRAPH_WAL' };
  return { kind: file?.ledger.wal ?? 'file', databaseNamed: named, path: 'ledger.wal' };
}

function readFileIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
