import { GraphiQL } from 'graphiql';
import type { JSX } from 'react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { ExampleMenu } from './exampleMenu.tsx';
import { examplesFor } from './examples.ts';
import type { Graph } from './graph/fetcher.ts';
import { createFetcher } from './graph/fetcher.ts';
import { checkKey } from './key/check.ts';
import { KeyBar } from './key/keyBar.tsx';
import { createHeaderlessStorage } from './storage.ts';
import { StreamView } from './stream/view.tsx';
import { isNarrow } from './window.ts';

/** GraphiQL over this gateway's graph, with the key above it and the streams below its answers. */
export function Playground({ graph }: { readonly graph: Graph }): JSX.Element {
  const { keyring, board, httpUrl } = graph;
  const { secret } = useSyncExternalStore(keyring.held.subscribe, keyring.held.get);
  // A new fetcher makes GraphiQL read the schema again, as it should: what a key may see can differ.
  const fetcher = useMemo(() => createFetcher(graph, secret), [graph, secret]);
  const [showsTools] = useState(() => !isNarrow());
  const [storage] = useState(() => createHeaderlessStorage(window.localStorage));
  const [examples] = useState(() => examplesFor(new Date()).map(({ query, variables = null }) => ({ query, variables })));
  useEffect(() => {
    if (secret !== null) void checkKey(httpUrl, keyring);
  }, [httpUrl, keyring, secret]);
  return (
    <>
      <KeyBar keyring={keyring} />
      <main>
        <GraphiQL
          fetcher={fetcher}
          storage={storage}
          defaultTabs={examples}
          defaultEditorToolsVisibility={showsTools}
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
        >
          <GraphiQL.Logo>
            <ExampleMenu />
          </GraphiQL.Logo>
          <GraphiQL.Footer>
            <StreamView board={board} />
          </GraphiQL.Footer>
        </GraphiQL>
      </main>
    </>
  );
}
