import type { Environment } from '../../src/config/environment.ts';
import type { ConfigProblem } from '../../src/config/problem.ts';
import type { ConfigReading } from '../../src/config.ts';
import { readConfig } from '../../src/config.ts';

/** Reads a configuration whose file, if any, is this text. */
export function read(text: string | null, env: Environment = {}): ConfigReading {
  return readConfig({ env, folder: '/srv', readFile: (path) => (path === '/srv/modelgraph.config.yaml' ? text : null) });
}

/** The problems of a text that is wrong; an empty list when it is right. */
export function problemsOf(text: string | null, env: Environment = {}): readonly ConfigProblem[] {
  const reading = read(text, env);
  return reading.config === null ? reading.problems : [];
}

/** The configuration of a text that is right. */
export function configOf(text: string | null, env: Environment = {}) {
  const reading = read(text, env);
  if (reading.config === null) throw new Error(`Problems: ${JSON.stringify(reading.problems)}`);
  return { ...reading.config, warnings: reading.warnings };
}
