/**
 * What each floor of src/ may import: the table of the architecture as data. `rooms` are paths below src (a folder ends in `/`),
 * packages are names or, with a `/` or `:` at the end, what names begin with. A floor may always import itself, but for `closed` ones, which list it.
 */
export interface Floor {
  /** The folder, or the file, that this row is about; of several rows the longest that fits a file counts. */
  readonly room: string;
  /** Rooms whose values and types may be imported. */
  readonly values: readonly string[];
  /** Rooms of which only types may be imported (`import type`). */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  /** Packages of which only types may be imported. */
  readonly packageTypes?: readonly string[];
  /** Imports what the configuration names: a decision of its own (docs/decisions/0019). */
  readonly computedImports?: true;
  /** Holds types and nothing else. */
  readonly typesOnly?: true;
}

const everywhere = [''];

/** What a wire format needs of the machine. */
const wirePackages = ['undici', 'node:zlib', 'node:tls', 'node:crypto'];

/** Packages of one format alone. */
const formatPackages: Readonly<Record<string, readonly string[]>> = {
  bedrock: ['aws4fetch', '@smithy/eventstream-codec'],
  gemini: ['jose'],
  aiSdk: ['node:async_hooks', 'node:fs', 'node:module', 'node:path', 'node:timers/promises', 'node:url'],
};

export const floors: readonly Floor[] = [
  { room: 'domain/', values: ['domain/'] },
  { room: 'ports/', values: [], types: ['domain/', 'ports/'], typesOnly: true },
  { room: 'gateway/', values: ['domain/', 'ports/', 'gateway/'], packages: ['cockatiel', '@cfworker/json-schema'] },
  // The list of formats alone knows them all.
  { room: 'providers/', values: ['domain/', 'ports/', 'providers/'] },
  { room: 'providers/wire/', values: ['domain/', 'ports/', 'providers/wire/'], packages: wirePackages },
  { room: 'catalog/', values: ['domain/', 'ports/', 'catalog/'], packages: ['@pydantic/genai-prices'] },
  {
    room: 'store/',
    values: ['domain/', 'ports/', 'store/'],
    packages: ['drizzle-orm', 'postgres', '@electric-sql/pglite', 'node:fs', 'node:worker_threads', 'node:crypto', 'node:path', 'node:url'],
  },
  { room: 'identity/', values: ['domain/', 'ports/', 'identity/'], packages: ['jose', 'node:crypto', 'node:zlib'] },
  { room: 'telemetry/', values: ['ports/', 'telemetry/'], types: ['domain/'], packages: ['prom-client', '@opentelemetry/'] },
  { room: 'system/', values: ['ports/', 'system/'], types: ['domain/'], packages: ['node:', 'pino'] },
  {
    room: 'graphql/',
    values: ['domain/', 'gateway/', 'graphql/'],
    types: ['ports/'],
    packages: ['graphql', 'graphql-jit', 'dataloader', '@graphql-tools/', 'graphql-scalars', '@apollo/subgraph'],
  },
  {
    room: 'server/',
    values: ['graphql/', 'domain/errors.ts', 'server/'],
    types: ['gateway/', 'ports/', 'domain/'],
    packages: ['@apollo/server', 'graphql', 'graphql-ws', 'graphql-sse', 'ws', 'node:'],
  },
  { room: 'config', values: everywhere, packages: ['zod', 'yaml', 'node:'] },
  { room: 'app', values: everywhere, packages: ['node:'] },
  { room: 'command/', values: everywhere, packages: ['node:'] },
  { room: 'main.ts', values: everywhere, packages: ['node:'] },
  // It must load under any Node, so that it can say that the Node is too old.
  { room: 'bin.ts', values: ['main.ts'], packages: ['node:'] },
];

/** A wire format's folder: its own rooms and the wire, never another format. */
function formatFloor(format: string): Floor {
  const room = `providers/${format}/`;
  return { room, values: ['domain/', 'ports/', 'providers/wire/', room], packages: [...wirePackages, ...(formatPackages[format] ?? [])] };
}

/** The row for a file, given by its path below src. */
export function floorOf(path: string): Floor | undefined {
  if (path === 'providers/aiSdk/package.ts') return { ...formatFloor('aiSdk'), computedImports: true };
  const format = /^providers\/([^/]+)\//.exec(path)?.[1];
  if (format !== undefined && format !== 'wire') return formatFloor(format);
  return floors.filter(({ room }) => path.startsWith(room)).sort((a, b) => b.room.length - a.room.length)[0];
}
