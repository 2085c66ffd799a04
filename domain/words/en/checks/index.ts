import { enQuestions } from '../questions.ts'
import { enCommonWords } from './common.ts'
import { enEndpointChecks } from './endpoint.ts'
import { enKnowledgeChecks } from './knowledge.ts'
import { enNetworkChecks } from './network.ts'
import { enPersonaChecks } from './persona.ts'

/** Everything that checks say. */
export const enChecks = {
  names: {
    ...enNetworkChecks.names,
    ...enEndpointChecks.names,
    ...enPersonaChecks.names,
    ...enKnowledgeChecks.names,
    ...enCommonWords.names,
  },
  texts: {
    ...enNetworkChecks.texts,
    ...enEndpointChecks.texts,
    ...enPersonaChecks.texts,
    ...enKnowledgeChecks.texts,
    ...enCommonWords.texts,
  },
  evidence: {
    ...enQuestions.labels,
    ...enNetworkChecks.evidence,
    ...enEndpointChecks.evidence,
    ...enPersonaChecks.evidence,
    ...enKnowledgeChecks.evidence,
    ...enCommonWords.evidence,
  },
  weights: {
    ...enNetworkChecks.weights,
    ...enEndpointChecks.weights,
    ...enPersonaChecks.weights,
    ...enKnowledgeChecks.weights,
    ...enCommonWords.weights,
  },
}
