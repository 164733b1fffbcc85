import { GatewayError } from '../domain/errors.ts';
import type { Alias, Model } from '../domain/model.ts';
import type { Principal } from '../domain/principal.ts';
import type { Names } from './modelName.ts';
import { checkServed, ruleOf, unknownModel } from './modelName.ts';

// What keeps a publication from being made: an alias that cannot serve is found by who publishes it, not by who calls it.

const mostTargets = 20;
const mostWeight = 1_000_000;

/** Throws INVALID_REQUEST. */
export function checkName(name: string): void {
  if (/^[^\s/\p{Cc}]{1,100}$/u.test(name)) return;
  throw invalid('The name of an alias has 1 to 100 characters, and neither "/" nor blanks.');
}

/** Throws INVALID_REQUEST, UNKNOWN_MODEL. */
export function checkTargets(names: Names, principal: Principal, targets: Alias['targets']): void {
  if (targets.length === 0 || targets.length > mostTargets) throw invalid(`An alias has 1 to ${mostTargets} models.`);
  const models = targets.map((target) => checkTarget(names, principal, target));
  if (new Set(models).size < models.length) throw invalid('An alias names each of its models once; a greater share is a greater weight.');
  if (new Set(models.map(({ kind }) => kind)).size > 1)
    throw invalid('The models of an alias are of one kind: for completions or for embeddings.');
}

function checkTarget(names: Names, principal: Principal, { model: slug, weight }: Alias['targets'][number]): Model {
  if (!Number.isInteger(weight) || weight < 1 || weight > mostWeight)
    throw invalid(`The weight of ${slug} is not a whole number from 1 to ${mostWeight}.`);
  if (ruleOf(names, slug) !== null) throw invalid(`${slug} is an alias itself; an alias stands for models.`);
  const model = names.snapshot.models.get(slug);
  if (model === undefined) throw unknownModel(names, principal, slug);
  checkServed(model, names.now);
  if (model.offers.length === 0) throw invalid(`${slug} is served by nobody: its providers are not connected.`);
  return model;
}

function invalid(sentence: string): GatewayError {
  return new GatewayError('INVALID_REQUEST', sentence);
}
