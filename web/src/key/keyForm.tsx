import type { JSX } from 'react';
import { useId } from 'react';
import type { HeldKey, Keyring } from './keyring.ts';

interface KeyFormProps {
  readonly keyring: Keyring;
  readonly held: HeldKey;
  readonly onDone: () => void;
}

/** Asks for a key. The field is a password's, so that it is neither shown, suggested nor checked for spelling. */
export function KeyForm({ keyring, held, onDone }: KeyFormProps): JSX.Element {
  const fieldId = useId();
  const submit = (form: FormData): void => {
    const secret = String(form.get('secret') ?? '').trim();
    if (secret === '') return;
    keyring.use(secret, form.get('remembered') !== null);
    onDone();
  };
  const forget = (): void => {
    keyring.forget();
    onDone();
  };
  return (
    <form className="key-form" action={submit}>
      <label htmlFor={fieldId}>Key</label>
      <input id={fieldId} name="secret" type="password" required autoComplete="off" placeholder="mg_live_…" />
      <label className="remember">
        <input name="remembered" type="checkbox" defaultChecked={held.remembered} /> Remember on this device
      </label>
      <button type="submit">Use key</button>
      {held.secret !== null && (
        <>
          <button type="button" onClick={onDone}>
            Cancel
          </button>
          <button type="button" onClick={forget}>
            Forget key
          </button>
        </>
      )}
    </form>
  );
}
