import { isBuiltin } from 'node:module';

/** A package by its bare name: no path, no address, nothing of Node's own. */
export function isPackageName(name: string): boolean {
  return name.length <= 214 && /^(?:@[a-z0-9][a-z0-9._~-]*\/)?[a-z0-9][a-z0-9._~-]*$/.test(name) && !isBuiltin(name);
}
