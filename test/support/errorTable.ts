import { buildASTSchema, isEnumType, parse } from 'graphql';
import { errorTraits } from '../../src/domain/errors.ts';
import { sdl } from './sdl.ts';

/** Every error code as a row of a Markdown table, from the code's traits and the schema's words for it. */
export function errorTable(): string {
  const schema = buildASTSchema(parse(sdl.join('\n')), { assumeValidSDL: true });
  const codes = schema.getType('ErrorCode');
  if (!isEnumType(codes)) throw new Error('The schema has no enum ErrorCode.');
  const rows = Object.entries(errorTraits).map(([code, { fault, retryable, httpStatus }]) => {
    const description = codes.getValue(code)?.description ?? '';
    return `| \`${code}\` | ${description} | ${fault} | ${retryable ? 'yes' : 'no'} | ${httpStatus} |`;
  });
  return ['| code | meaning | who can act | retryable | status |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}
