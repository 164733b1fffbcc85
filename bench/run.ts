import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from './measure.ts';
import { measureAll } from './measure.ts';
import type { Options } from './options.ts';
import { readOptions, usage } from './options.ts';
import { fullPlan, quickPlan } from './plan.ts';
import { startChild } from './processes/child.ts';
import { waitUntil } from './processes/wait.ts';
import { profileScenario } from './profile/run.ts';
import { toTable } from './report/table.ts';
import { toVerdicts } from './report/verdict.ts';
import { figures } from './scenarios/figure.ts';

/** `npm run bench`: this process is the loader. It and the upstream take one core, the gateway under test has the other. */
const gatewayCore = '0';
const loaderCore = '1';
const resultsFolder = new URL('./results/', import.meta.url);

function say(text: string) {
  return console.error(`[${(performance.now() / 1000).toFixed(0).padStart(4)} s] ${text}`);
}

function report({ readings, failures }: Outcome): void {
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length, at: new Date().toISOString() };
  mkdirSync(resultsFolder, { recursive: true });
  writeFileSync(
    new URL('latest.json', resultsFolder),
    `${JSON.stringify({ machine, figures, readings: readings.all(), failures }, null, 2)}\n`,
  );
  console.log(
    `Node ${machine.node}, ${machine.cores} cores of ${machine.cpu}. Medians of the rounds; in brackets the least and the most.\n`,
  );
  console.log(`${toTable(readings)}\n\n${toVerdicts(readings)}`);
  for (const { target, reason } of failures) console.log(`- BROKEN: ${target}: ${reason}`);
}

async function openUpstream(opened: AsyncDisposableStack): Promise<number> {
  const upstream = opened.use(startChild({ args: [new URL('./upstream.ts', import.meta.url).pathname], cores: loaderCore }));
  return await waitUntil(upstream, () => Number(upstream.output().trim()) || null);
}

/** Rejects when the time is up or the user has enough. */
function interrupted(deadlineMs: number): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => reject(new Error('Interrupted.')));
    sleep(deadlineMs, undefined, { ref: false }).then(() => reject(new Error('The run took too long and was ended.')), reject);
  });
}

async function work({ quick, profile, engine }: Options, opened: AsyncDisposableStack): Promise<boolean> {
  const plan = quick ? quickPlan : fullPlan;
  const surroundings = { upstreamPort: await openUpstream(opened), gatewayCores: gatewayCore };
  if (profile !== null) {
    console.log(await profileScenario({ plan, surroundings, opened, say }, { scenario: profile, engine }));
    return true;
  }
  const outcome = await measureAll({ plan, surroundings, opened, say });
  report(outcome);
  return outcome.failures.length === 0;
}

async function run(options: Options): Promise<boolean> {
  await using opened = new AsyncDisposableStack();
  const { deadlineMs } = options.quick ? quickPlan : fullPlan;
  return await Promise.race([work(options, opened), interrupted(deadlineMs)]);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    process.exit(0);
  }
  execFileSync('taskset', ['-a', '-cp', loaderCore, String(process.pid)], { stdio: 'ignore' });
  process.exit((await run(options)) ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
