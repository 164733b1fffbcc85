import postgres from 'postgres';

/** A PostgreSQL database of the run's own, dropped with it. The server is the machine's and stays off nobody's core. */
export interface BenchDatabase extends AsyncDisposable {
  readonly url: string;
}

const serverUrl = process.env['BENCH_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres';

export async function createDatabase(): Promise<BenchDatabase> {
  const server = postgres(serverUrl, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  const name = `modelgraph_bench_${process.pid}_${Date.now()}`;
  await server.unsafe(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await server.unsafe(`drop database if exists ${name} with (force)`);
      await server.end();
    },
  };
}
