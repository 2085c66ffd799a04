import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

/** Mail scanners open links before people do. They use nothing up and say nothing about the participant. */
export const scanner = defineCheck({
  code: 'END_SCANNER',
  category: 'endpoint',
  group: 'scanner',
  defaultWeights: {},
  evaluate({ endpoint: { scannerVisits } }) {
    const times = scannerVisits.length
    if (times === 0) return { status: 'pass', text: say('scanner.pass') }
    return {
      status: 'info',
      evidence: scannerVisits.slice(0, 6).map((visit) => ({
        label: 'visit',
        value: say('evidence.visit', { at: new Date(visit.at).toISOString(), sign: visit.sign }),
        sensitivity: 0,
      })),
      text: say('scanner.hit', { times }),
    }
  },
})
