/** Lets go of what was put first into a map that has as many entries as it may. A Map keeps the order of insertion. */
export function makeRoom<Key>(entries: Map<Key, unknown>, most: number): void {
  if (entries.size < most) return;
  const oldest = entries.keys().next();
  if (oldest.done !== true) entries.delete(oldest.value);
}
