import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../measure.ts';
import type { ProfiledScenario } from '../options.ts';
import { measureCalls } from '../scenarios/calls.ts';
import { measureBursts, measurePaced } from '../scenarios/streams.ts';
import { openModelgraph } from '../targets/modelgraph.ts';
import type { Engine } from '../targets/modelgraphHome.ts';
import type { Window } from './read.ts';
import { nowMicroseconds, readSelfTimes } from './read.ts';
import { summarize } from './summary.ts';

export interface ProfileOrder {
  readonly scenario: ProfiledScenario;
  readonly engine: Engine;
}

const scenarios = { calls: measureCalls, bursts: measureBursts, paced: measurePaced } as const;
const times = 4;

/** Runs one scenario with the gateway under V8's sampling profiler, which writes its file when the gateway has stopped. */
async function record(run: Run, { scenario, engine }: ProfileOrder, folder: string): Promise<Window> {
  const flags = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--cpu-prof-interval=250'];
  await using stack = run.opened.use(new AsyncDisposableStack());
  const target = stack.use(await openModelgraph(engine, run.surroundings, flags));
  await scenarios[scenario](target, run.plan);
  const fromMicroseconds = nowMicroseconds();
  for (let time = 1; time <= times; time += 1) {
    run.say(`${scenario}, ${time} of ${times}: ${JSON.stringify(await scenarios[scenario](target, run.plan))}`);
  }
  return { fromMicroseconds, toMicroseconds: nowMicroseconds() };
}

export async function profileScenario(run: Run, order: ProfileOrder): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'modelgraph-profile-'));
  try {
    const window = await record(run, order, folder);
    const files = (await readdir(folder)).toSorted();
    if (files.length === 0) throw new Error('The gateway left no profile: it did not end by itself.');
    const summaries = files.map(async (file) => summarize(file, await readSelfTimes(join(folder, file), window)));
    return (await Promise.all(summaries)).join('\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
