import * as z from 'zod';
import { allScopes } from '../domain/principal.ts';
import { isSafeUrl } from '../identity/safeUrl.ts';
import type { IssuerSettings } from '../ports/issuer.ts';

/** Asymmetric ones alone: whoever can check a signature of these can make none. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const;

const claimName = z.string().min(1);
const words = z.string().min(1).max(200);
const everybody = allScopes.filter((scope) => scope !== 'ADMIN');

function place(meaning: string) {
  const rule = z.strictObject({
    claim: claimName.describe('The claim, or the way to it through others with dots, for instance resource.team.'),
    values: z
      .record(z.string(), words)
      .optional()
      .describe('What each word of the claim stands for; other words are refused. By default every word stands for itself.'),
  });
  return z.union([words, rule]).describe(`${meaning} A name or an id, the same for all; or { claim, values }, where a token says it.`);
}

const scopes = z.strictObject({
  claim: claimName
    .optional()
    .describe('The claim with the scopes, roles or groups of the issuer: a list, or words with spaces between them.'),
  values: z
    .record(z.string(), z.array(z.enum(allScopes)))
    .default({})
    .describe('Which scopes each of its words gives; other words give none. Only here may ADMIN be given.'),
  always: z.array(z.enum(everybody)).default([]).describe('Scopes of all its users.'),
});

const issuer = z.strictObject({
  issuer: z.string().min(1).describe('Its name, to the letter as its tokens have it in `iss`.'),
  audience: z.union([words, z.array(words).min(1)]).describe('What its tokens for this gateway have in `aud`; of several one is enough.'),
  jwksUrl: safeUrl().optional().describe("Where its public keys are. By default what the issuer's /.well-known/openid-configuration says."),
  algorithms: z
    .array(z.enum(algorithms))
    .min(1)
    .default(['RS256', 'ES256', 'EdDSA'])
    .describe('How its tokens may be signed. What a token itself says of it only chooses among these.'),
  organization: place('The organization of its users.'),
  team: place('Their team.').default('default'),
  userClaim: claimName.default('sub').describe("The claim that is the user's id."),
  userPrefix: z
    .string()
    .max(50)
    .default('')
    .describe('Put before each id, where two issuers of one organization could mean two users by one word.'),
  nameClaim: claimName.default('name').describe('The claim with the name that people see, read when a user is seen for the first time.'),
  scopes: scopes.prefault({}).describe('What its users may do.'),
});

export const identitySettings = z.strictObject({
  issuers: z
    .array(issuer)
    .default([])
    .superRefine((list, context) => {
      for (const [index, { issuer: name, jwksUrl }] of list.entries()) {
        const tell = (message: string) => context.addIssue({ code: 'custom', path: [index, 'issuer'], message });
        if (list.findIndex((one) => one.issuer === name) < index) tell('is there a second time.');
        else if (jwksUrl === undefined && !isSafeUrl(name)) tell('is no https address, so `jwksUrl` must say where its keys are.');
      }
    })
    .describe('OIDC issuers whose tokens are let in.'),
});

type IdentitySettings = z.output<typeof identitySettings>;
type FilePlace = IdentitySettings['issuers'][number]['organization'];

export function readIssuers({ issuers }: IdentitySettings): readonly IssuerSettings[] {
  return issuers.map(({ audience, jwksUrl, organization, team, scopes: { claim, ...rights }, ...rest }) => ({
    ...rest,
    audiences: [audience].flat(),
    jwksUrl: jwksUrl ?? null,
    organization: toRule(organization),
    team: toRule(team),
    scopes: { ...rights, claim: claim ?? null },
  }));
}

function toRule(place: FilePlace): IssuerSettings['organization'] {
  return typeof place === 'string' ? place : { claim: place.claim, values: place.values ?? null };
}

function safeUrl() {
  return z.string().refine(isSafeUrl, 'must begin with https://, or with http:// on this machine, without user, password or fragment.');
}
