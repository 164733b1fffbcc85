import type {
  Access,
  Administration,
  Admission,
  CallSubject,
  CompletionService,
  EmbeddingService,
  EstimateService,
  Gateway,
  ModelService,
  OperationAdmission,
  QuotaService,
  RequestDefaults,
  UsageService,
} from '../../src/gateway/gateway.ts';
import { unset } from './unset.ts';

export interface FakeServices {
  readonly access?: Partial<Access>;
  readonly completions?: Partial<CompletionService>;
  readonly embeddings?: Partial<EmbeddingService>;
  readonly estimates?: Partial<EstimateService>;
  readonly models?: Partial<ModelService>;
  readonly usage?: Partial<UsageService>;
  readonly quotas?: Partial<QuotaService>;
  readonly administration?: Partial<Administration>;
  readonly defaults?: Partial<RequestDefaults>;
  /** Thrown instead of admitting. */
  readonly refusal?: Error;
}

export interface FakeGateway extends Gateway {
  /** What each operation was admitted for, in order. */
  readonly admitted: readonly (readonly CallSubject[])[];
  /** How many admissions have been given back. */
  readonly returned: number;
}

export const fakeDefaults: RequestDefaults = {
  timeouts: { firstTokenMs: 60_000, idleMs: 30_000, totalMs: 600_000 },
  graceMs: 30_000,
  sort: null,
  maxOutputTokens: null,
};

/** A gateway of what a test sets; admission lets everything pass and keeps account of it. */
export function fakeGateway(services: FakeServices = {}): FakeGateway {
  const admitted: (readonly CallSubject[])[] = [];
  let returned = 0;
  const admission: Admission = {
    async admit(_caller, calls) {
      if (services.refusal !== undefined) throw services.refusal;
      admitted.push(calls);
      return fakeAdmission(() => {
        returned++;
      });
    },
  };
  return {
    access: unset('access', services.access ?? {}),
    admission,
    completions: unset('completions', services.completions ?? {}),
    embeddings: unset('embeddings', services.embeddings ?? {}),
    estimates: unset('estimates', services.estimates ?? {}),
    models: unset('models', services.models ?? {}),
    usage: unset('usage', services.usage ?? {}),
    quotas: unset('quotas', services.quotas ?? {}),
    administration: unset('administration', services.administration ?? {}),
    defaults: { ...fakeDefaults, ...services.defaults },
    admitted,
    get returned() {
      return returned;
    },
  };
}

function fakeAdmission(onDispose: () => void): OperationAdmission {
  return {
    take: (subject) => ({ subject, holds: [], settle: () => [], [Symbol.dispose]: () => {} }),
    [Symbol.dispose]: onDispose,
  };
}
