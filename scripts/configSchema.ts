/** Writes what is made from the schema of the configuration: the JSON Schema for editors, and the tables of settings in its page. */
import { readFileSync, writeFileSync } from 'node:fs';
import { referenceFile, schemaFile, schemaText, withReference } from './configReference.ts';

writeFileSync(schemaFile, schemaText());
writeFileSync(referenceFile, withReference(readFileSync(referenceFile, 'utf8')));
