import type { Storage as GraphiQLStorage } from '@graphiql/toolkit';

const ownPrefix = 'graphiql:';

/**
 * The browser's storage for GraphiQL's tabs and history, without request headers: GraphiQL leaves them out of stored tabs,
 * but writes them into its history, and a key typed there by hand must not stay on the disk.
 */
export function createHeaderlessStorage(storage: Storage): GraphiQLStorage {
  const ownNames = (): readonly string[] => Object.keys(storage).filter((name) => name.startsWith(ownPrefix));
  return {
    getItem: (name) => storage.getItem(name),
    setItem: (name, value) => storage.setItem(name, withoutHeaders(value)),
    removeItem: (name) => storage.removeItem(name),
    clear() {
      for (const name of ownNames()) storage.removeItem(name);
    },
    get length() {
      return ownNames().length;
    },
  };
}

function withoutHeaders(value: string): string {
  if (!value.includes('"headers"')) return value;
  return JSON.stringify(JSON.parse(value), (name, part: unknown) => (name === 'headers' && part !== null ? undefined : part));
}
