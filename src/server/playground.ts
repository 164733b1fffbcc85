import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { send } from './answer.ts';
import type { Handler } from './exchange.ts';
import type { Encoding, StaticFile } from './staticFolder.ts';
import { readStaticFolder } from './staticFolder.ts';

export interface Playground {
  /** False: its bundle has not been built. */
  readonly built: boolean;
  readonly handler: Handler;
}

const notBuilt = 'The Playground has not been built. Run `npm run playground` and start the gateway again.\n';
/** What a policy is if the bundle comes without its own. */
const closedPolicy = "default-src 'none'";

/** The page at `/playground` and its assets, from the folder they were built to. */
export async function createPlayground(folder: string): Promise<Playground> {
  const files = await readStaticFolder(folder);
  const policy = files.has('csp.json') ? await readPolicy(join(folder, 'csp.json')) : closedPolicy;
  const built = files.has('index.html');
  const handler: Handler = async (exchange) => {
    const { request } = exchange;
    if (!built) return send(exchange, { status: 404, headers: plainText, body: notBuilt });
    const path = pathBelow(request.url ?? '');
    const file = files.get(path);
    if (file === undefined) return send(exchange, { status: 404, headers: plainText, body: 'There is no such file.\n' });
    const encoding = file.compressible ? chooseEncoding(request.headers['accept-encoding']) : 'identity';
    const body = await file.read(encoding);
    send(exchange, { status: 200, headers: { ...headersOf(path, file, encoding), 'content-security-policy': policy }, body });
  };
  return { built, handler };
}

const plainText = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };

/** `/playground` itself is the page. What is not an exact name of a file finds nothing, however it is written. */
function pathBelow(url: string): string {
  const path = url.replace(/[?#].*$/s, '').replace(/^\/playground\/?/, '');
  return path === '' ? 'index.html' : path;
}

function headersOf(path: string, { contentType }: StaticFile, encoding: Encoding): Readonly<Record<string, string>> {
  return {
    'content-type': contentType,
    'cache-control': cachingOf(path),
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    vary: 'Accept-Encoding',
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  };
}

/** Names below `assets/` carry a hash of what is in them. */
function cachingOf(path: string): string {
  if (path.startsWith('assets/')) return 'public, max-age=31536000, immutable';
  return path.endsWith('.html') ? 'no-store' : 'no-cache';
}

function chooseEncoding(accepted = ''): Encoding {
  const names = accepted
    .split(',')
    .filter((name) => !/;\s*q=0(\.0*)?\s*$/.test(name))
    .map((name) => name.split(';')[0]?.trim());
  if (names.includes('br')) return 'br';
  return names.includes('gzip') ? 'gzip' : 'identity';
}

/** A policy is written as directives with their sources. */
async function readPolicy(path: string): Promise<string> {
  const directives: Record<string, readonly string[]> = JSON.parse(await readFile(path, 'utf8'));
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
