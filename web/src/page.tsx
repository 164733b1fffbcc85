import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Graph } from './graph/fetcher.ts';
import { takeKey } from './key/address.ts';
import { createKeyring } from './key/keyring.ts';
import { Playground } from './playground.tsx';
import { createStreamBoard } from './stream/board.ts';

const graphPath = '/graphql';
const redrawAfterMs = 16;

/** Shows the Playground over the graph of the origin that served it. `secret` is the key of a first-run link, if it was opened by one. */
export function openPage(secret: string | null): void {
  const container = document.getElementById('playground');
  if (container === null) throw new Error('The page has no element for the Playground.');
  const graph = joinGraph(secret);
  // A first-run link pasted over an open page changes only the fragment and loads nothing.
  window.addEventListener('hashchange', () => {
    const pasted = takeKey(window.location, window.history);
    if (pasted !== null) graph.keyring.use(pasted, false);
  });
  createRoot(container).render(
    <StrictMode>
      <Playground graph={graph} />
    </StrictMode>,
  );
}

function joinGraph(secret: string | null): Graph {
  const httpUrl = new URL(graphPath, window.location.origin);
  const socketUrl = new URL(httpUrl);
  socketUrl.protocol = httpUrl.protocol === 'https:' ? 'wss:' : 'ws:';
  return {
    httpUrl: httpUrl.href,
    socketUrl: socketUrl.href,
    keyring: createKeyring(window.localStorage, secret),
    board: createStreamBoard(
      () => performance.now(),
      (task) => void setTimeout(task, redrawAfterMs),
    ),
  };
}
