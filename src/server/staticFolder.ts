import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** How the bytes of a file are written. */
export type Encoding = 'br' | 'gzip' | 'identity';

export interface StaticFile {
  readonly contentType: string;
  /** Its bytes, compressed at the first use and kept. */
  read(encoding: Encoding): Promise<Uint8Array>;
  /** Compressing it is worth while. */
  readonly compressible: boolean;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
};
const compressed = new Set(['.html', '.js', '.css', '.json', '.svg', '.ttf']);

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);
/** Higher ones take seconds for the editor's megabytes. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** The files of a folder by their path below it, with `/` between the parts. Only what was found is ever opened, so no path leads out. Empty without the folder. */
export async function readStaticFolder(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const entries = await listFolder(folder);
  const files = new Map<string, StaticFile>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path).split(sep).join('/'), createStaticFile(path));
  }
  return files;
}

async function listFolder(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function createStaticFile(path: string): StaticFile {
  const kept = new Map<Encoding, Promise<Uint8Array>>();
  const extension = extname(path);
  const encode = async (encoding: Encoding): Promise<Uint8Array> => {
    const bytes = await readFile(path);
    if (encoding === 'br') return toBrotli(bytes, brotliOptions);
    return encoding === 'gzip' ? toGzip(bytes) : bytes;
  };
  return {
    contentType: contentTypes[extension] ?? 'application/octet-stream',
    compressible: compressed.has(extension),
    read(encoding) {
      const known = kept.get(encoding) ?? encode(encoding);
      kept.set(encoding, known);
      // What could not be read now may be there later.
      known.catch(() => kept.delete(encoding));
      return known;
    },
  };
}
