import { parseArgs } from 'node:util';
import { explainStartFailure, isWrongUse } from './app/startFailure.ts';
import type { App } from './app.ts';
import { openApp } from './app.ts';
import { checkConfig } from './config/check.ts';
import { formatProblems } from './config/problem.ts';
import type { ConfigWatch } from './config/watch.ts';
import { openConfigWatch } from './config/watch.ts';
import type { Config } from './config.ts';
import { readProcessConfig } from './config.ts';
import type { Log } from './ports/log.ts';
import { createClock } from './system/clock.ts';
import { createLog } from './system/log.ts';

const help = `modelgraph: one typed GraphQL graph over every AI model

  modelgraph                  starts the gateway
  modelgraph --check-config   says what the configuration amounts to, or all that is wrong with it
  modelgraph --help

  modelgraph keys | organizations | teams | budgets
                              the first steps of administration, on the running gateway or the store; each with --help

Settings: the environment and modelgraph.config.yaml; see docs/configuration.md.
`;

interface Arguments {
  readonly checkConfig: boolean;
  readonly help: boolean;
}

function readArguments(): Arguments {
  const { values } = parseArgs({ options: { 'check-config': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
  return { checkConfig: values['check-config'] ?? false, help: values.help ?? false };
}

/** What a user of the command sees; everything else goes to the log, on standard error. */
function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(text: string, exitCode: number): void {
  process.stderr.write(`${text}\n`);
  process.exitCode = exitCode;
}

async function main(): Promise<void> {
  const words = process.argv.slice(2);
  if (words[0] !== undefined && !words[0].startsWith('-')) {
    const { runCommand } = await import('./command/run.ts');
    process.exitCode = await runCommand(words, { env: process.env, say, note: (text) => process.stderr.write(`${text}\n`) });
    return;
  }
  const asked = readArguments();
  if (asked.help) return say(help);
  const reading = readProcessConfig();
  if (asked.checkConfig) {
    const { valid, text } = checkConfig(reading);
    return valid ? say(text) : fail(text, 1);
  }
  if (reading.config === null) return fail(formatProblems(reading.problems), 1);
  await start(reading.config, createLog(reading.config.logLevel));
}

async function start(config: Config, log: Log): Promise<void> {
  const made: string[] = [];
  const app = await openApp(config, log, (secret) => made.push(secret)).catch((error: unknown) => {
    // No later start makes another, so it is shown even when, say, the port is taken.
    for (const secret of made) say(firstKeyText(secret));
    throw error;
  });
  announce(app, made[0] ?? null);
  const watch = watchConfig(app, config, log);
  process.on('SIGHUP', () => watch.reread());
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(app, watch, log));
}

/** The key stands here and nowhere else: not in the log, and in the link only behind the `#`, which no browser sends. */
function announce({ url }: App, firstKey: string | null): void {
  say(`Modelgraph is ready.\n\n  Graph       ${url}/graphql`);
  if (firstKey === null) say(`  Playground  ${url}/playground\n`);
  else say(`  Playground  ${url}/playground#key=${firstKey}\n\n${firstKeyText(firstKey)}`);
}

function firstKeyText(secret: string): string {
  return `  Administrator key, shown this once:\n  ${secret}\n`;
}

function watchConfig(app: App, { file, hash }: Config, log: Log): ConfigWatch {
  return openConfigWatch(
    { file, folder: process.cwd(), hash, clock: createClock(), read: readProcessConfig },
    {
      onConfig(next) {
        log.info('The configuration has changed.', { hash: next.hash });
        void app.apply(next);
      },
      onProblems(problems) {
        log.error('The configuration is invalid; the one in force stays.', { problems: formatProblems(problems) });
      },
    },
  );
}

async function stop(app: App, watch: ConfigWatch, log: Log): Promise<void> {
  log.info('Shutting down.');
  watch[Symbol.dispose]();
  // A second signal means at once; what is not booked then is taken from the write-ahead log at the next start.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1));
  try {
    await app.close();
    // 0, unless what made it stop is a failure.
    process.exit();
  } catch (error) {
    log.error('The shutdown went wrong; the next start books what is left.', { error });
    process.exit(1);
  }
}

try {
  await main();
} catch (error) {
  // What was foreseen is written for people; anything else is for whoever mends it.
  fail(explainStartFailure(error) ?? String(error instanceof Error ? error.stack : error), isWrongUse(error) ? 2 : 1);
}
