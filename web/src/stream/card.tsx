import type { JSX } from 'react';
import { useId, useLayoutEffect, useRef } from 'react';
import { figuresOf } from './figures.ts';
import type { Phase, StreamState } from './state.ts';

const followsWithinPx = 24;

const phaseNames = {
  running: 'Streaming',
  finished: 'Finished',
  failed: 'Failed',
  stopped: 'Stopped',
  cut: 'Cut off',
} as const satisfies Record<Phase['kind'], string>;

/** One completion: its text as it grows, what it measured, how it ended. `number` tells it from others beside it. */
export function StreamCard({ stream, number }: { readonly stream: StreamState; readonly number: number | null }): JSX.Element {
  const headingId = useId();
  const { kind } = stream.phase;
  return (
    <article className="stream-card" data-phase={kind} aria-labelledby={headingId}>
      <header>
        <h3 id={headingId}>
          {number !== null && <span>{number}. </span>}
          {stream.model ?? 'Completion'}
        </h3>
        <span className="stream-phase" role="status">
          {phaseNames[kind]}
        </span>
      </header>
      <StreamText stream={stream} headingId={headingId} />
      <Problem stream={stream} />
      <dl className="stream-figures">
        {figuresOf(stream).map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

/**
 * Announced politely and, because it is busy until the end, once and as a whole: a screen reader that read each
 * delta would never catch up. It can be scrolled by keyboard, and follows its end unless the reader scrolled up.
 */
function StreamText({ stream, headingId }: { readonly stream: StreamState; readonly headingId: string }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    if (box.current !== null && follows.current) box.current.scrollTop = box.current.scrollHeight;
  });
  const running = stream.phase.kind === 'running';
  return (
    <div
      ref={box}
      className="stream-text"
      role="log"
      aria-live="polite"
      aria-busy={running}
      aria-labelledby={headingId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without a mouse a long text can only be scrolled where it takes the focus.
      tabIndex={0}
      onScroll={({ currentTarget }) => {
        const { scrollTop, scrollHeight, clientHeight } = currentTarget;
        follows.current = scrollHeight - scrollTop - clientHeight < followsWithinPx;
      }}
    >
      {stream.textOffset > 0 && <span aria-hidden="true">… </span>}
      {stream.text}
      {running && <span className="stream-caret" aria-hidden="true" />}
    </div>
  );
}

function Problem({ stream }: { readonly stream: StreamState }): JSX.Element | null {
  const { phase } = stream;
  if (phase.kind === 'failed') {
    return (
      <p className="stream-problem" role="alert">
        {phase.code !== null && <code>{phase.code}</code>} {phase.message ?? 'The stream failed.'}
      </p>
    );
  }
  if (phase.kind === 'cut') return <p className="stream-problem">The stream ended without its last event: this is not a whole answer.</p>;
  return stream.gap ? <p className="stream-problem">Events are missing in the middle of this stream.</p> : null;
}
