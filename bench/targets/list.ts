import { openDirect } from './direct.ts';
import { openModelgraph } from './modelgraph.ts';
import { openPortkey } from './portkey.ts';
import type { Surroundings, Target, TargetName } from './target.ts';

export const openers = {
  direct: openDirect,
  'Modelgraph, PostgreSQL': (surroundings) => openModelgraph('PostgreSQL', surroundings),
  'Modelgraph, PGlite': (surroundings) => openModelgraph('PGlite', surroundings),
  Portkey: openPortkey,
} as const satisfies Record<TargetName, (surroundings: Surroundings) => Promise<Target>>;
