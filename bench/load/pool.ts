/** Connections that are used by one call at a time and kept for the next, as a client with keep-alive does. */
export interface Pool<C> {
  use<T>(work: (connection: C) => Promise<T>): Promise<T>;
  close(): void;
}

interface Idle<C> {
  readonly connection: C;
  readonly sinceMs: number;
}

/** Node's servers close an idle connection after 5 s; a call that meets the closing would fail, so an older one is not used again. */
const idleMs = 2000;

export function createPool<C extends { close(): void }>(open: () => Promise<C>): Pool<C> {
  const idle: Idle<C>[] = [];

  const take = async (): Promise<C> => {
    const last = idle.pop();
    if (last === undefined) return await open();
    if (performance.now() - last.sinceMs < idleMs) return last.connection;
    for (const { connection } of [last, ...idle.splice(0)]) connection.close();
    return await open();
  };

  return {
    async use(work) {
      const connection = await take();
      try {
        const result = await work(connection);
        idle.push({ connection, sinceMs: performance.now() });
        return result;
      } catch (error) {
        connection.close();
        throw error;
      }
    },
    close() {
      for (const { connection } of idle.splice(0)) connection.close();
    },
  };
}
