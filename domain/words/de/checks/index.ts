import { deQuestions } from '../questions.ts'
import { deCommonWords } from './common.ts'
import { deEndpointChecks } from './endpoint.ts'
import { deKnowledgeChecks } from './knowledge.ts'
import { deNetworkChecks } from './network.ts'
import { dePersonaChecks } from './persona.ts'

/** Alles, was Prüfpunkte sagen. */
export const deChecks = {
  names: {
    ...deNetworkChecks.names,
    ...deEndpointChecks.names,
    ...dePersonaChecks.names,
    ...deKnowledgeChecks.names,
    ...deCommonWords.names,
  },
  texts: {
    ...deNetworkChecks.texts,
    ...deEndpointChecks.texts,
    ...dePersonaChecks.texts,
    ...deKnowledgeChecks.texts,
    ...deCommonWords.texts,
  },
  evidence: {
    ...deQuestions.labels,
    ...deNetworkChecks.evidence,
    ...deEndpointChecks.evidence,
    ...dePersonaChecks.evidence,
    ...deKnowledgeChecks.evidence,
    ...deCommonWords.evidence,
  },
  weights: {
    ...deNetworkChecks.weights,
    ...deEndpointChecks.weights,
    ...dePersonaChecks.weights,
    ...deKnowledgeChecks.weights,
    ...deCommonWords.weights,
  },
}
