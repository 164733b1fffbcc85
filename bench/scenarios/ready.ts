import { askGraph } from '../targets/graph.ts';
import { startModelgraph } from '../targets/modelgraph.ts';
import type { Engine, ModelgraphHome } from '../targets/modelgraphHome.ts';
import { createHome } from '../targets/modelgraphHome.ts';
import type { Reading } from './figure.ts';

const sandboxCall = `mutation { createCompletion(input: { model: "sandbox/chat", messages: [{ role: USER, content: "Hello" }], maxOutputTokens: 1 }) { text } }`;
/** A start is not pinned: nobody starts it so. */
const allCores = '0,1';

/** Ready means that `/readyz` says so and a sandbox completion was answered. */
async function measureStart(home: ModelgraphHome): Promise<number> {
  const begun = performance.now();
  await using gateway = await startModelgraph(home, allCores);
  const { createCompletion } = await askGraph<{ createCompletion: { text: string } | null }>(
    { port: gateway.port, secret: home.adminKey },
    sandboxCall,
  );
  const readyMs = performance.now() - begun;
  if ((createCompletion?.text ?? '') === '') throw new Error('The sandbox answered nothing.');
  return readyMs;
}

export async function measureReady(engine: Engine, upstreamPort: number): Promise<Reading> {
  await using home = await createHome(engine, upstreamPort);
  return { readyNewMs: [await measureStart(home)], readyOldMs: [await measureStart(home)] };
}
