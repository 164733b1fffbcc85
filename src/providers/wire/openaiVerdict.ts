import { lookUp } from './json.ts';
import type { Verdict } from './verdict.ts';
import { verdictByStatus } from './verdict.ts';

interface Evidence {
  /** Of the body where it names one, else of the answer; below 300 where the error came inside an answer that began well. */
  readonly status: number;
  readonly codes: readonly string[];
  readonly message: string;
}

/** By the provider's own code, which says more than the status: OpenAI and Azure, llama.cpp, xAI, Moonshot, DeepSeek, OpenRouter. */
const byCode: Readonly<Record<string, Verdict>> = {
  context_length_exceeded: 'contextTooLong',
  exceed_context_size_error: 'contextTooLong',
  content_filter: 'contentFiltered',
  content_policy_violation: 'contentFiltered',
  ResponsibleAIPolicyViolation: 'contentFiltered',
  insufficient_quota: 'quotaSpent',
  credit_balance_exhausted: 'quotaSpent',
  organization_usage_limit_exceeded: 'quotaSpent',
  billing_hard_limit_reached: 'quotaSpent',
  billing_not_active: 'quotaSpent',
  exceeded_current_quota_error: 'quotaSpent',
  invalid_api_key: 'keyRefused',
  authentication_error: 'keyRefused',
  model_not_found: 'notFound',
  not_found_error: 'notFound',
  rate_limit_exceeded: 'rateLimited',
  rate_limit_error: 'rateLimited',
  overloaded_error: 'unavailable',
  server_error: 'unavailable',
  service_unavailable: 'unavailable',
  internal_server_error: 'unavailable',
  invalid_request_error: 'invalid',
};

/** Codes that a status of its own outweighs: many providers write them beside any 4xx. */
const weakCodes = new Set(['invalid_request_error', 'server_error', 'rate_limit_error']);

const spendLimit = /_spend_limit_(?:exceeded|reached)$/;

/** vLLM, Mistral, DeepSeek and xAI have no code for it, only the sentence. */
const contextSentence = /maximum context length|maximum prompt length|context (?:length|window|size)|prompt is too long/i;

export function verdictOf({ status, codes, message }: Evidence): Verdict {
  if (codes.some((code) => spendLimit.test(code))) return 'quotaSpent';
  const named = codes.map((code) => [code, lookUp(byCode, code)] as const);
  const strong = named.find(([code, verdict]) => verdict !== undefined && !weakCodes.has(code))?.[1];
  if (strong !== undefined) return strong;
  const weak = named.find(([, verdict]) => verdict !== undefined)?.[1];
  const verdict = verdictByStatus(status) ?? weak ?? 'unavailable';
  return (verdict === 'invalid' || verdict === 'tooLarge') && contextSentence.test(message) ? 'contextTooLong' : verdict;
}
