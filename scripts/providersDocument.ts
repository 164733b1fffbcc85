import { featureDocument, knownDocument } from '../src/providers/featureDocument.ts';

export const documentFile = 'docs/providers.md';

/** The page with its tables as the code has them now. */
export function withTables(page: string): string {
  return between(between(page, 'known', `\n${knownDocument()}\n`), 'features', `\n${featureDocument()}\n`);
}

function between(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
  const [start, stop] = [page.indexOf(begin), page.indexOf(end)];
  if (start < 0 || stop < start) throw new Error(`The page has no place for the table ${name}.`);
  return page.slice(0, start + begin.length) + text + page.slice(stop);
}
