import { parseArgs } from 'node:util';
import type { Engine } from './targets/modelgraphHome.ts';

export const profiledScenarios = ['calls', 'bursts', 'paced'] as const;
export type ProfiledScenario = (typeof profiledScenarios)[number];

export interface Options {
  readonly quick: boolean;
  readonly help: boolean;
  /** Instead of the comparison: where the gateway's time goes in one scenario. */
  readonly profile: ProfiledScenario | null;
  /** The database of a profiled gateway. */
  readonly engine: Engine;
}

export const usage = `Usage: npm run bench -- [--quick] [--profile ${profiledScenarios.join('|')} [--engine postgresql|pglite]]`;

const engines: Readonly<Record<string, Engine>> = { postgresql: 'PostgreSQL', pglite: 'PGlite' };

export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      profile: { type: 'string' },
      engine: { type: 'string', default: 'postgresql' },
    },
  });
  const profile = profiledScenarios.find((scenario) => scenario === values.profile) ?? null;
  const engine = engines[values.engine];
  if (engine === undefined || (values.profile !== undefined && profile === null)) throw new Error(usage);
  return { quick: values.quick, help: values.help, profile, engine };
}
