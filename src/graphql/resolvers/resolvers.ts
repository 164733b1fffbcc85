import { scalars } from '../scalars.ts';
import { alertResolvers } from './alert.ts';
import { aliasResolvers } from './alias.ts';
import { apiKeyResolvers } from './apiKey.ts';
import { auditLogResolvers } from './auditLog.ts';
import { budgetResolvers } from './budget.ts';
import { clientTokenResolvers } from './clientToken.ts';
import { completionResolvers } from './completion.ts';
import { completionStreamResolvers } from './completionStream.ts';
import { embeddingsResolvers } from './embeddings.ts';
import { estimateResolvers } from './estimate.ts';
import { modelResolvers } from './model.ts';
import { nodeResolvers } from './node.ts';
import { organizationResolvers } from './organization.ts';
import { providerResolvers } from './provider.ts';
import { quotaResolvers } from './quota.ts';
import { reconciliationResolvers } from './reconciliation.ts';
import { repricingResolvers } from './repricing.ts';
import { teamResolvers } from './team.ts';
import { usageResolvers } from './usage.ts';
import { userResolvers } from './user.ts';
import { viewerResolvers } from './viewer.ts';

/** Every noun's resolvers; the schema puts those of one type together. */
export const resolvers = [
  scalars,
  alertResolvers,
  aliasResolvers,
  apiKeyResolvers,
  auditLogResolvers,
  budgetResolvers,
  clientTokenResolvers,
  completionResolvers,
  completionStreamResolvers,
  embeddingsResolvers,
  estimateResolvers,
  modelResolvers,
  nodeResolvers,
  organizationResolvers,
  providerResolvers,
  reconciliationResolvers,
  repricingResolvers,
  quotaResolvers,
  teamResolvers,
  usageResolvers,
  userResolvers,
  viewerResolvers,
];
