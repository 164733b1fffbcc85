import type { JSX } from 'react';
import { useState, useSyncExternalStore } from 'react';
import { KeyForm } from './keyForm.tsx';
import type { HeldKey, Keyring } from './keyring.ts';
import { shownKey } from './keyring.ts';

const standingNames = {
  missing: 'No key yet',
  unknown: 'not checked yet',
  accepted: 'accepted',
  refused: 'refused',
} as const satisfies Record<HeldKey['standing']['kind'], string>;

/** The page's top line: what this is, which key it uses, and what the gateway said about it. */
export function KeyBar({ keyring }: { readonly keyring: Keyring }): JSX.Element {
  const held = useSyncExternalStore(keyring.held.subscribe, keyring.held.get);
  const [changing, setChanging] = useState(false);
  const asks = changing || held.secret === null;
  return (
    <header className="key-bar">
      <h1 className="brand">
        <img src={`${import.meta.env.BASE_URL}favicon.svg`} alt="" width="24" height="24" />
        <strong>Modelgraph</strong> <span>Playground</span>
      </h1>
      {asks ? (
        <KeyForm keyring={keyring} held={held} onDone={() => setChanging(false)} />
      ) : (
        <HeldKeyLine held={held} onChange={() => setChanging(true)} />
      )}
      <Refusal held={held} />
    </header>
  );
}

function HeldKeyLine({ held, onChange }: { readonly held: HeldKey; readonly onChange: () => void }): JSX.Element {
  return (
    <p className="held-key" data-standing={held.standing.kind}>
      <span>
        Key: <code>{shownKey(held.secret ?? '')}</code>
      </span>
      <span className="standing" role="status">
        {standingNames[held.standing.kind]}
      </span>
      <button type="button" onClick={onChange}>
        Change
      </button>
    </p>
  );
}

function Refusal({ held: { standing, secret } }: { readonly held: HeldKey }): JSX.Element | null {
  if (standing.kind !== 'refused') return null;
  return (
    <p className="refusal" role="alert">
      <strong>{secret === null ? 'The gateway asks for a key.' : `The gateway refused this key (${shownKey(secret)}).`}</strong>{' '}
      {standing.message}
    </p>
  );
}
