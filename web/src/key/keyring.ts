import type { Cell } from '../cell.ts';
import { createCell } from '../cell.ts';

const storedAs = 'modelgraph:key';
const shownCharacters = 12;

/** What the gateway has said about the key so far. */
export type Standing =
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly message: string };

export interface HeldKey {
  readonly secret: string | null;
  /** True when the user asked that this browser keep the key after the page is closed. */
  readonly remembered: boolean;
  readonly standing: Standing;
}

/**
 * Holds the one key of the page, in memory. It is written to the browser's storage only when the user asks for it,
 * and taken out again when the user forgets or replaces it.
 */
export interface Keyring {
  readonly held: Cell<HeldKey>;
  use(secret: string, remembered: boolean): void;
  forget(): void;
  /** Records what the gateway said about `secret`; an answer about a key that was replaced meanwhile is ignored. */
  judge(secret: string | null, standing: Standing): void;
}

/** `opening` is the key of a first-run link: it wins over a remembered one, which stays stored. */
export function createKeyring(storage: Storage, opening: string | null): Keyring {
  const stored = storage.getItem(storedAs);
  const held = createCell(hold(opening ?? stored, opening === null && stored !== null));
  return {
    held,
    use(secret, remembered) {
      if (remembered) storage.setItem(storedAs, secret);
      else storage.removeItem(storedAs);
      held.set(hold(secret, remembered));
    },
    forget() {
      storage.removeItem(storedAs);
      held.set(hold(null, false));
    },
    judge(secret, standing) {
      if (held.get().secret === secret) held.set({ ...held.get(), standing });
    },
  };
}

function hold(secret: string | null, remembered: boolean): HeldKey {
  return { secret, remembered, standing: { kind: secret === null ? 'missing' : 'unknown' } };
}

/** The first characters, by which a key is recognised in lists of keys; never more than a third of it. */
export function shownKey(secret: string): string {
  return `${secret.slice(0, Math.min(shownCharacters, Math.floor(secret.length / 3)))}…`;
}
