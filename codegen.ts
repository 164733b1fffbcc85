import type { CodegenConfig } from '@graphql-codegen/cli';

/** What a scalar is in TypeScript: read from a request, and as a resolver may answer it. */
const scalars = {
  ID: 'string',
  // Milliseconds since 1970.
  DateTime: 'number',
  // `YYYY-MM-DD`.
  Date: 'string',
  // Read as an exact decimal; answered as nanodollars, or as the decimal that they or another unit make.
  Usd: { input: 'string', output: 'bigint | string' },
  Amount: 'string',
  Count: 'number',
  JSON: '../../domain/json.ts#JsonValue',
  // An answer in base64 is a string.
  Vector: 'Float32Array | string',
  ModelId: 'string',
};

/** What a resolver is given as its parent, where that is not the graph's own type. */
const mappers: Readonly<Record<string, string>> = {
  Alternative: '../../domain/completion.ts#Alternative as DomainAlternative',
  Alert: '../../domain/alert.ts#Alert as DomainAlert',
  Alias: '../../domain/alias.ts#AliasInForce as DomainAlias',
  AliasVersion: '../../domain/alias.ts#AliasVersion as DomainAliasVersion',
  AlertDelivery: '../../domain/alert.ts#AlertDelivery as DomainAlertDelivery',
  ApiKey: '../../domain/tenancy.ts#ApiKey as DomainApiKey',
  Attempt: '../../domain/attempt.ts#Attempt as DomainAttempt',
  AuditActor: '../../domain/audit.ts#AuditActor as DomainAuditActor',
  AuditEntry: '../../domain/audit.ts#AuditEntry as DomainAuditEntry',
  Budget: '../../domain/budget.ts#Budget as DomainBudget',
  Completion: '../../domain/completion.ts#Completion as DomainCompletion',
  CompletionError: '../../domain/completion.ts#CompletionError as DomainCompletionError',
  CompletionStarted: '../../domain/completion.ts#CompletionEvent as DomainCompletionEvent',
  CompletionDelta: '../../domain/completion.ts#CompletionEvent as DomainCompletionEvent',
  CompletionRerouted: '../../domain/completion.ts#CompletionEvent as DomainCompletionEvent',
  CompletionFinished: '../../domain/completion.ts#CompletionEvent as DomainCompletionEvent',
  CompletionFailed: '../../domain/completion.ts#CompletionEvent as DomainCompletionEvent',
  CompletionFailure: '../result.ts#CompletionFailure as GraphCompletionFailure',
  ConsideredOffer: '../../domain/route.ts#ConsideredOffer as DomainConsideredOffer',
  Cost: '../../domain/price.ts#Cost as DomainCost',
  Embeddings: '../result.ts#EncodedEmbeddings',
  Estimate: '../../gateway/gateway.ts#Estimate as GatewayEstimate',
  KeyDirectives: '../../domain/keyRules.ts#KeyRules as DomainKeyRules',
  KeyRoute: '../../domain/keyRules.ts#RouteRules as DomainRouteRules',
  Message: '../result.ts#GraphMessage',
  MessagePart: '../result.ts#GraphMessagePart',
  Model: '../../domain/model.ts#Model as DomainModel',
  Offer: '../../domain/model.ts#Offer as DomainOffer',
  OfferHealth: '../../gateway/offerHealth.ts#OfferHealthReport',
  Organization: '../../domain/tenancy.ts#Organization as DomainOrganization',
  Price: '../../domain/model.ts#Offer as DomainOffer',
  Principal: '../../domain/principal.ts#Principal as DomainPrincipal',
  Provider: '../../domain/model.ts#Provider as DomainProvider',
  ReconciliationRow: '../../domain/reconciliation.ts#ReconciliationRow as DomainReconciliationRow',
  RepricedRow: '../../domain/repricing.ts#RepricedRow as DomainRepricedRow',
  RepricedTotals: '../../domain/repricing.ts#RepricedSum as DomainRepricedSum',
  Quota: '../../domain/budget.ts#Quota as DomainQuota',
  Team: '../../domain/tenancy.ts#Team as DomainTeam',
  Timing: '../../domain/completion.ts#Timing as DomainTiming',
  UsageKey: '../../domain/usageReport.ts#UsageRow as DomainUsageRow',
  UsagePoint: '../../domain/usageReport.ts#UsagePoint as DomainUsagePoint',
  UsageReport: '../../domain/usageReport.ts#UsageReport as DomainUsageReport',
  UsageRow: '../../domain/usageReport.ts#UsageRow as DomainUsageRow',
  UsageTotals: '../../domain/usageReport.ts#UsageTotals as DomainUsageTotals',
  User: '../../domain/tenancy.ts#User as DomainUser',
  Viewer: '../../domain/principal.ts#Principal as DomainPrincipal',
};

/**
 * The types of every resolver, made from the SDL (`npm run generate`). The result is committed, and `npm test` fails when it is stale.
 */
const config: CodegenConfig = {
  schema: 'schema/**/*.graphql',
  generates: {
    'src/graphql/generated/schemaTypes.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        useTypeImports: true,
        importExtension: '.ts',
        enumsAsTypes: true,
        immutableTypes: true,
        maybeValue: 'T | null',
        strictScalars: true,
        scalars,
        mappers,
        contextType: '../context.ts#GraphContext',
      },
    },
  },
};

export default config;
