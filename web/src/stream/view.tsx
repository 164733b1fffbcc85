import { useGraphiQL } from '@graphiql/react';
import type { JSX } from 'react';
import { useEffect, useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { isNarrow } from '../window.ts';
import type { Run, StreamBoard } from './board.ts';
import { StreamCard } from './card.tsx';

/** Shows the completions of the open tab's run as growing text, side by side; GraphiQL itself shows only the last event. */
export function StreamView({ board }: { readonly board: StreamBoard }): JSX.Element | null {
  const tab = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.id ?? '');
  // Before the next click, so that a run always begins in the tab that it was started from.
  useLayoutEffect(() => {
    board.select(tab);
  }, [board, tab]);
  const run = useSyncExternalStore(board.runs.subscribe, board.runs.get).get(tab);
  // A new run is a new element, so that it comes into view as the first did.
  return run === undefined ? null : <Streams key={run.beganAtMs} run={run} />;
}

function Streams({ run }: { readonly run: Run }): JSX.Element | null {
  const headingId = useId();
  const view = useRef<HTMLElement>(null);
  // In a narrow window the answer lies below the operation, out of sight.
  useEffect(() => {
    if (isNarrow()) view.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  // GraphiQL's own pane already shows why a subscription was refused, so there is no stream to speak of.
  if (run.refusal !== null && run.streams.length === 0) return null;
  return (
    <section ref={view} className="stream-view" aria-labelledby={headingId}>
      <h2 id={headingId}>{run.streams.length > 1 ? `Streams (${run.streams.length})` : 'Stream'}</h2>
      {run.streams.length === 0 && <p role="status">{run.open ? 'Waiting for the first event…' : 'Nothing arrived.'}</p>}
      <div className="stream-cards">
        {run.streams.map((stream, index) => (
          <StreamCard key={stream.completionId ?? index} stream={stream} number={run.streams.length > 1 ? index + 1 : null} />
        ))}
      </div>
    </section>
  );
}
