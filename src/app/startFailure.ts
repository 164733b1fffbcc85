import { GatewayError } from '../domain/errors.ts';

/** What keeps the machine from giving us a port, by Node's code. */
const portFailures: Readonly<Partial<Record<string, string>>> = {
  EADDRINUSE: 'another process listens there already',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'this user may not',
  ENOTFOUND: 'the name cannot be resolved',
};

/** What keeps the machine from giving us a folder. */
const folderFailures: Readonly<Partial<Record<string, string>>> = {
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EROFS: 'it stands on a file system that can only be read',
  ENOTDIR: 'what it would stand in is no folder',
  EEXIST: 'there is a file of that name',
  ENOSPC: 'the disk is full',
};

/** SQL states that come before any statement: no such role or a wrong password, no such database, one that is not open. */
const signInStates = /^(28|3D|55)/;

/** The command line itself was wrong: nothing was touched. */
export function isWrongUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** Why the gateway did not start, for whoever started it; null for what nobody foresaw. Never the database's address, which holds a password. */
export function explainStartFailure(error: unknown): string | null {
  if (error instanceof GatewayError) return error.code === 'STORE_UNAVAILABLE' ? explainSilence(error.cause) : error.message;
  if (!(error instanceof Error) || !('code' in error)) return null;
  const code = String(error.code);
  if (isWrongUse(error)) return `${error.message}\n--help says what there is.`;
  return explainPort(error, code) ?? explainFolder(error, code);
}

function explainSilence(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (cause instanceof Error && signInStates.test(code)) return `The database lets nobody in: ${cause.message}. Check DATABASE_URL.`;
  return `The database does not answer${code === '' ? '' : ` (${code})`}. Check DATABASE_URL, and whether PostgreSQL runs there and can be reached from here.`;
}

function explainPort(error: Error, code: string): string | null {
  const reason = portFailures[code];
  if (reason === undefined || !('syscall' in error) || !['listen', 'getaddrinfo'].includes(String(error.syscall))) return null;
  const place = 'port' in error && 'address' in error ? ` on port ${String(error.port)} of ${String(error.address)}` : '';
  return `The gateway cannot listen${place}: ${reason}. Set PORT or HOST to another.`;
}

function explainFolder(error: Error, code: string): string | null {
  const reason = folderFailures[code];
  if (reason === undefined || !('path' in error)) return null;
  return `${String(error.path)} cannot be used: ${reason}. Set MODELGRAPH_DATA to a folder that this process may write in.`;
}
