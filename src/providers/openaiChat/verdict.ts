/** What a provider means by an error, whatever it calls it. */
export type Verdict =
  | 'keyRefused'
  | 'quotaSpent'
  | 'refused'
  | 'notFound'
  | 'redirected'
  | 'contextTooLong'
  | 'tooLarge'
  | 'contentFiltered'
  | 'invalid'
  | 'rateLimited'
  | 'timedOut'
  | 'unavailable';

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

const byStatus: Readonly<Record<number, Verdict>> = {
  400: 'invalid',
  401: 'keyRefused',
  402: 'quotaSpent',
  403: 'keyRefused',
  404: 'notFound',
  408: 'timedOut',
  413: 'tooLarge',
  422: 'invalid',
  429: 'rateLimited',
  504: 'timedOut',
  524: 'timedOut',
};

export function verdictOf({ status, codes, message }: Evidence): Verdict {
  if (codes.some((code) => spendLimit.test(code))) return 'quotaSpent';
  const named = codes.map((code) => [code, byCode[code]] as const);
  const strong = named.find(([code, verdict]) => verdict !== undefined && !weakCodes.has(code))?.[1];
  if (strong !== undefined) return strong;
  const weak = named.find(([, verdict]) => verdict !== undefined)?.[1];
  const verdict = verdictByStatus(status) ?? weak ?? 'unavailable';
  return (verdict === 'invalid' || verdict === 'tooLarge') && contextSentence.test(message) ? 'contextTooLong' : verdict;
}

function verdictByStatus(status: number): Verdict | undefined {
  if (status >= 300 && status < 400) return 'redirected';
  if (status >= 500) return byStatus[status] ?? 'unavailable';
  return byStatus[status] ?? (status >= 400 ? 'refused' : undefined);
}
