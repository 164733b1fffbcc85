/** The browser's storage, for tests outside of one. As there, the stored names are the object's own enumerable properties. */
export function createMemoryStorage(): Storage {
  const methods = {
    getItem: (name: string) => (Object.hasOwn(storage, name) ? storage[name] : null),
    setItem: (name: string, value: string) => {
      storage[name] = value;
    },
    removeItem: (name: string) => {
      delete storage[name];
    },
    clear: () => {
      for (const name of Object.keys(storage)) delete storage[name];
    },
    key: (index: number) => Object.keys(storage)[index] ?? null,
    get length() {
      return Object.keys(storage).length;
    },
  };
  const storage: Storage = Object.create(methods);
  return storage;
}
