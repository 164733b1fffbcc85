// Lints the public contract, schema/*.graphql, and nothing else: TypeScript is Biome's.
import graphql from '@graphql-eslint/eslint-plugin';

const described = {
  types: true,
  rootField: true,
  DirectiveDefinition: true,
  EnumValueDefinition: true,
  FieldDefinition: true,
  InputValueDefinition: true,
};

const names = {
  types: 'PascalCase',
  Argument: 'camelCase',
  DirectiveDefinition: 'camelCase',
  EnumValueDefinition: 'UPPER_CASE',
  FieldDefinition: 'camelCase',
  InputValueDefinition: 'camelCase',
};

export default [
  {
    files: ['schema/**/*.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema/**/*.graphql' } } },
    rules: {
      '@graphql-eslint/description-style': ['error', { style: 'block' }],
      '@graphql-eslint/naming-convention': ['error', names],
      '@graphql-eslint/no-hashtag-description': 'error',
      '@graphql-eslint/no-unreachable-types': 'error',
      '@graphql-eslint/require-deprecation-reason': 'error',
      '@graphql-eslint/require-description': ['error', described],
      '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
      // One failed root field must not take another's paid answer along.
      '@graphql-eslint/require-nullable-result-in-root': 'error',
    },
  },
];
