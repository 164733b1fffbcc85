import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan } from './plan.ts';
import { measureCalls } from './scenarios/calls.ts';
import type { Reading, Readings } from './scenarios/figure.ts';
import { createReadings } from './scenarios/figure.ts';
import { measureFirstTokens } from './scenarios/firstToken.ts';
import { measureMemory } from './scenarios/memory.ts';
import { measureReady } from './scenarios/ready.ts';
import { measureBursts, measurePaced } from './scenarios/streams.ts';
import { openers } from './targets/list.ts';
import type { Surroundings, Target, TargetName } from './targets/target.ts';
import { targetNames } from './targets/target.ts';

export interface Failure {
  readonly target: TargetName;
  readonly reason: string;
}

export interface Outcome {
  readonly readings: Readings;
  /** A target that broke is left out of the rest, and the run says so. */
  readonly failures: readonly Failure[];
}

/** What a run is made of; `opened` owns the processes, so that an interrupted run ends them too. */
export interface Run {
  readonly plan: Plan;
  readonly surroundings: Surroundings;
  readonly opened: AsyncDisposableStack;
  readonly say: (text: string) => void;
}

type Scenario = (target: Target, plan: Plan) => Promise<Reading>;

const inRounds: readonly Scenario[] = [measureCalls, measureBursts, measurePaced, measureFirstTokens];

/** Each round begins with another target, so that none always follows the same one. */
function rotate<T>(list: readonly T[], by: number): readonly T[] {
  const first = by % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}

const scenarioMs = 60_000;

async function tooLate(): Promise<never> {
  await sleep(scenarioMs, undefined, { ref: false });
  throw new Error(`It did not end within ${scenarioMs / 1000} s.`);
}

function createGuard(failures: Failure[], say: Run['say']) {
  return async <T>(target: TargetName, work: () => Promise<T>): Promise<T | null> => {
    if (failures.some((failure) => failure.target === target)) return null;
    try {
      return await Promise.race([work(), tooLate()]);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failures.push({ target, reason });
      say(`${target} failed: ${reason}`);
      return null;
    }
  };
}

type Guard = ReturnType<typeof createGuard>;

async function openTargets({ surroundings }: Run, guard: Guard, stack: AsyncDisposableStack): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (const name of targetNames) {
    const target = await guard(name, () => openers[name](surroundings));
    if (target !== null) targets.push(stack.use(target));
  }
  return targets;
}

async function measureRound(targets: readonly Target[], { plan }: Run, guard: Guard): Promise<readonly (readonly [TargetName, Reading])[]> {
  const taken: [TargetName, Reading][] = [];
  for (const target of targets) {
    for (const scenario of inRounds) {
      const reading = await guard(target.name, () => scenario(target, plan));
      if (reading !== null) taken.push([target.name, reading]);
    }
  }
  return taken;
}

async function measureRounds(run: Run, guard: Guard, readings: Readings): Promise<void> {
  await using stack = run.opened.use(new AsyncDisposableStack());
  const targets = await openTargets(run, guard, stack);
  run.say('warming up: compiled code, open connections, filled caches');
  for (let warmUp = 0; warmUp < run.plan.warmUps; warmUp += 1) await measureRound(targets, run, guard);
  for (let round = 1; round <= run.plan.rounds; round += 1) {
    run.say(`round ${round} of ${run.plan.rounds}`);
    for (const [target, reading] of await measureRound(rotate(targets, round), run, guard)) readings.add(target, reading);
  }
}

/** In a fresh process, after as much work as brings it to its usual size. */
async function measureHeld({ plan, surroundings, opened, say }: Run, guard: Guard, readings: Readings): Promise<void> {
  for (const name of targetNames.filter((target) => target !== 'direct')) {
    say(`holding ${plan.heldStreams.join(' and ')} streams: ${name}`);
    const reading = await guard(name, async () => {
      await using stack = opened.use(new AsyncDisposableStack());
      const target = stack.use(await openers[name](surroundings));
      await measureCalls(target, plan);
      await measureBursts(target, plan);
      return await measureMemory(target, plan);
    });
    if (reading !== null) readings.add(name, reading);
  }
}

async function measureStarts({ plan, surroundings, say }: Run, guard: Guard, readings: Readings): Promise<void> {
  for (const engine of ['PostgreSQL', 'PGlite'] as const) {
    for (let start = 1; start <= plan.starts; start += 1) {
      say(`starting in a new folder and in the old one: ${engine}, ${start} of ${plan.starts}`);
      const reading = await guard(`Modelgraph, ${engine}`, () => measureReady(engine, surroundings.upstreamPort));
      if (reading !== null) readings.add(`Modelgraph, ${engine}`, reading);
    }
  }
}

export async function measureAll(run: Run): Promise<Outcome> {
  const readings = createReadings();
  const failures: Failure[] = [];
  const guard = createGuard(failures, run.say);
  await measureRounds(run, guard, readings);
  await measureHeld(run, guard, readings);
  await measureStarts(run, guard, readings);
  return { readings, failures };
}
