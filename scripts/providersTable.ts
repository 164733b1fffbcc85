/** Writes the tables of docs/providers.md, which are made from the adapters' own rows. */
import { readFileSync, writeFileSync } from 'node:fs';
import { documentFile, withTables } from './providersDocument.ts';

writeFileSync(documentFile, withTables(readFileSync(documentFile, 'utf8')));
