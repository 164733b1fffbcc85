import type { AliasRule } from '../domain/alias.ts';
import { pickTarget, steadyDraw } from '../domain/alias.ts';
import { isSunset, sunsetSentence } from '../domain/deprecation.ts';
import { GatewayError } from '../domain/errors.ts';
import type { ModelSlug, OrganizationId } from '../domain/id.ts';
import { toId } from '../domain/id.ts';
import type { Alias, Model, ModelKind } from '../domain/model.ts';
import { nearest } from '../domain/nearest.ts';
import type { Principal } from '../domain/principal.ts';
import type { Catalog, CatalogSnapshot } from '../ports/catalog.ts';
import type { Clock } from '../ports/clock.ts';
import type { AliasBook } from './aliasBook.ts';

export interface NameSources {
  readonly catalog: Catalog;
  readonly aliases: AliasBook;
  readonly clock: Clock;
}

/** Who asks by a name. */
export interface NameQuestion {
  readonly principal: Principal;
  /** The user that the call itself names; null: none. */
  readonly endUser: string | null;
  /** From 0 to below 1: which of an alias's weighted models is taken, where nobody is sticky. */
  readonly draw: number;
}

export interface ModelQuestion extends NameQuestion {
  readonly model: string;
  readonly kind: ModelKind;
  readonly fallbacks: readonly string[];
}

export interface ResolvedModels {
  /** What the first was asked by; null when by its slug. */
  readonly alias: string | null;
  readonly models: readonly Model[];
}

/** The models that may serve a request: the asked one, then its fallbacks. Throws UNKNOWN_MODEL with the nearest names, FORBIDDEN, INVALID_REQUEST when one is of another kind. */
export function resolveModels(sources: NameSources, question: ModelQuestion): ResolvedModels {
  const names = namesOf(sources, question.principal.organizationId);
  const asked = resolveModel(names, question, question.model);
  const models = [asked, ...question.fallbacks.map((name) => resolveModel(names, question, name))];
  const other = models.find((model) => model.kind !== question.kind);
  if (other !== undefined) {
    throw new GatewayError(
      'INVALID_REQUEST',
      `${other.slug} is not ${kindNames[question.kind]}, as far as is known; where that is wrong, the operator sets its \`kind\` in the configuration.`,
      { details: { model: other.slug } },
    );
  }
  return { alias: ruleOf(names, question.model)?.name ?? null, models: [...new Set(models)] };
}

/** The slug a name stands for as far as limits speak of models: of the same question the same as the call's. */
export function slugOf(sources: NameSources, question: NameQuestion, name: string): string {
  const names = namesOf(sources, question.principal.organizationId);
  const rule = ruleOf(names, name);
  return rule === null ? name : (chooseTarget(names, question, rule) ?? name);
}

/** What names stand for in one organization, at one moment. */
export interface Names {
  readonly snapshot: CatalogSnapshot;
  readonly aliases: NameSources['aliases'];
  readonly organizationId: OrganizationId;
  readonly now: number;
}

export function namesOf({ catalog, aliases, clock }: NameSources, organizationId: OrganizationId): Names {
  return { snapshot: catalog.current(), aliases, organizationId, now: clock.now() };
}

/** Slugs have a `/`: who asks by one depends on no alias. */
export function isAliasName(name: string): boolean {
  return !name.includes('/');
}

/** What the organization has published goes before the file. Null: the name is no alias's. */
export function ruleOf({ snapshot, aliases, organizationId }: Names, name: string): AliasRule | null {
  if (!isAliasName(name)) return null;
  const published = aliases.find(organizationId, name);
  if (published !== null) return published;
  const configured = snapshot.aliases.get(name);
  return configured === undefined ? null : fromFile(configured);
}

export function fromFile(alias: Alias): AliasRule {
  return { ...alias, sticky: 'NONE', disabled: false };
}

export function mayAsk({ allowedModels }: Principal, name: string, model: Model): boolean {
  return allowedModels === null || allowedModels.includes(name) || allowedModels.includes(model.slug);
}

export function mayAskAlias({ snapshot }: Names, principal: Principal, { name, targets }: Alias): boolean {
  return targets.some(({ model: slug }) => {
    const model = snapshot.models.get(slug);
    return model !== undefined && mayAsk(principal, name, model);
  });
}

/** Near names among those the caller may ask for: others are nobody's business. */
export function unknownModel(names: Names, principal: Principal, name: string): GatewayError {
  const { snapshot, aliases, organizationId, now } = names;
  const models = [...snapshot.models.values()].filter((model) => !isSunset(model, now) && mayAsk(principal, model.slug, model));
  const published = aliases.list(organizationId);
  const hidden = new Set(published.filter(({ disabled }) => disabled).map((alias) => alias.name));
  const rules = [...snapshot.aliases.values(), ...published].filter(
    (alias) => !hidden.has(alias.name) && mayAskAlias(names, principal, alias),
  );
  const suggestions = nearest(name, [...models.map(({ slug }) => slug), ...rules.map((rule) => rule.name)]);
  const hint = suggestions.length === 0 ? 'Ask `models` for those there are.' : `Near it: ${suggestions.join(', ')}.`;
  return new GatewayError('UNKNOWN_MODEL', `There is no model or alias of this name. ${hint}`, { details: { suggestions } });
}

/** Throws UNKNOWN_MODEL. */
export function checkServed(model: Model, now: number): void {
  if (!isSunset(model, now)) return;
  const { replacement } = model.deprecation ?? { replacement: null };
  throw new GatewayError('UNKNOWN_MODEL', sunsetSentence(model), { details: { suggestions: replacement === null ? [] : [replacement] } });
}

const kindNames: Record<ModelKind, string> = { CHAT: 'a model for completions', EMBEDDING: 'a model for embeddings' };

function resolveModel(names: Names, question: NameQuestion, name: string): Model {
  const { principal } = question;
  const rule = ruleOf(names, name);
  if (rule?.disabled === true) throw new GatewayError('UNKNOWN_MODEL', 'The alias is disabled.', { details: { suggestions: [] } });
  const slug = rule === null ? toId<ModelSlug>(name) : chooseTarget(names, question, rule);
  const model = slug === null ? undefined : names.snapshot.models.get(slug);
  if (model === undefined) throw unknownModel(names, principal, name);
  if (!mayAsk(principal, name, model))
    throw new GatewayError('FORBIDDEN', 'The credential may not ask for this model.', { details: { model: name } });
  checkServed(model, names.now);
  return model;
}

/** Targets that are gone, or that the caller may not ask for, leave their share to the others, as long as there are any. */
function chooseTarget(names: Names, question: NameQuestion, rule: AliasRule): ModelSlug | null {
  const serves = ({ model: slug }: Alias['targets'][number]) => {
    const model = names.snapshot.models.get(slug);
    return model !== undefined && !isSunset(model, names.now) && mayAsk(question.principal, rule.name, model);
  };
  const serving = rule.targets.every(serves) ? rule.targets : rule.targets.filter(serves);
  return pickTarget(serving.length === 0 ? rule.targets : serving, drawOf(question, rule));
}

function drawOf(question: NameQuestion, rule: AliasRule): number {
  const who = stickyTo(question, rule);
  return who === null ? question.draw : steadyDraw(`${question.principal.organizationId}/${rule.name}/${who}`);
}

/** Null: nobody whom the rule would be sticky to. */
function stickyTo({ principal, endUser }: NameQuestion, { sticky }: AliasRule): string | null {
  switch (sticky) {
    case 'NONE':
      return null;
    case 'USER':
      return endUser ?? principal.userId;
    case 'KEY':
      return principal.apiKeyId ?? principal.holder;
    default:
      return sticky satisfies never;
  }
}
