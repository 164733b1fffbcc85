/** What is used of the window's `location`. */
interface Address {
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

/** What is used of the window's `history`. */
interface Entries {
  replaceState(data: unknown, unused: string, address: string): void;
}

/**
 * Takes the key out of a first-run link (`/playground/#key=…`): the address and its entry in the history lose the fragment at once.
 * A fragment never reaches a server; taken out, it is not bookmarked, shared or photographed either. Null when there is none.
 */
export function takeKey(address: Address, entries: Entries): string | null {
  const secret = new URLSearchParams(address.hash.slice(1)).get('key')?.trim();
  if (secret === undefined) return null;
  entries.replaceState(null, '', address.pathname + address.search);
  return secret === '' ? null : secret;
}
