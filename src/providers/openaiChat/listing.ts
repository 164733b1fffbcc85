import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { ListedModel } from '../../ports/provider.ts';
import type { Peer } from '../wire/failure.ts';
import { malformed } from '../wire/failure.ts';
import { readCount, readObject, readWord } from '../wire/json.ts';

/** The models of `GET /models`. Throws UPSTREAM_MALFORMED where the answer is no listing; Together's is a bare list. */
export function readListing(body: unknown, peer: Peer): readonly ListedModel[] {
  const rows = Array.isArray(body) ? body : readObject(body)?.['data'];
  if (!Array.isArray(rows)) throw malformed(peer, 'sent something that is not a list of models');
  return rows.filter(isJsonObject).flatMap((row) => {
    const providerModel = readWord(row['id']);
    return providerModel === null ? [] : [toListedModel(providerModel, row)];
  });
}

function toListedModel(providerModel: string, row: JsonObject): ListedModel {
  return { providerModel, kind: readKind(row), contextWindow: readContextWindow(row), maxOutputTokens: readMaxOutput(row) };
}

/** Together, Mistral and LM Studio say what a model is for; nobody else does, and a name says nothing. */
function readKind(row: JsonObject): ListedModel['kind'] {
  const type = readWord(row['type']);
  if (type === 'chat' || type === 'llm' || type === 'vlm') return 'CHAT';
  if (type === 'embedding' || type === 'embeddings') return 'EMBEDDING';
  return readObject(row['capabilities'])?.['completion_chat'] === true ? 'CHAT' : null;
}

/** OpenRouter and Together, vLLM, Groq, Mistral, LM Studio, llama.cpp: what the server was started with before what the model was trained for. */
function readContextWindow(row: JsonObject): number | null {
  const meta = readObject(row['meta']);
  return (
    readCount(row['context_length']) ??
    readCount(row['max_model_len']) ??
    readCount(row['context_window']) ??
    readCount(row['max_context_length']) ??
    readCount(meta?.['n_ctx']) ??
    readCount(meta?.['n_ctx_train'])
  );
}

/** OpenRouter, Groq. */
function readMaxOutput(row: JsonObject): number | null {
  return readCount(readObject(row['top_provider'])?.['max_completion_tokens']) ?? readCount(row['max_completion_tokens']);
}
