/** Which evidence is for whom: a value that moves to a lower class is shown to people it is not for. */
import { expect, it } from 'vitest'
import { evaluateChecks } from '../evaluate.ts'
import { seeded } from '../testing/random.ts'
import { endpointScenarios } from '../testing/scenarios/endpoint.ts'
import { knowledgeScenarios } from '../testing/scenarios/knowledge.ts'
import { networkScenarios } from '../testing/scenarios/network.ts'
import { personaScenarios } from '../testing/scenarios/persona.ts'
import { synthetic } from '../testing/synthetic.ts'
import { checks } from './index.ts'

/** Supervisors and auditors: full addresses, details of device and behaviour, names, what single answers came to. */
const reviewers = [
  'CHA_ANSWER (family)',
  'CHA_CANARY picked',
  'CHA_INCONSISTENT families',
  'END_API_TAMPER names',
  'END_COPIED_KEY other',
  'END_FONT_OS fonts',
  'END_SIMILAR alike',
  'END_TLS_CLIENT tls',
  'END_UA_CH hints',
  'END_UA_CH user_agent',
  'END_UA_PLATFORM platform',
  'END_VM_GRAPHICS renderer',
  'END_WINDOW pointer',
  'END_WINDOW window',
  'END_WORKER fields',
  'NET_ANON_LISTED range',
  'NET_CLIENT_IP address',
  'NET_HOSTILE range',
  'NET_SESSION_MOVED answered',
  'NET_SESSION_MOVED opened',
  'NET_TOR_EXIT range',
  'PER_ACTIVE_ELSEWHERE sign_in',
  'PER_AGENT_ALARM alarm',
  'PER_FOCUS left',
  'PER_IDP_RISK detections',
  'PER_LOCALE languages',
  'PER_RHYTHM rhythm',
  'PER_TIMING (family)',
  'POS_APPROVER name',
  'POS_APPROVER request',
]
/** On opening only, and each opening is recorded: a person's own habits. */
const onOpening = ['PER_HABIT habit_dwell', 'PER_HABIT habit_interval', 'PER_HOUR hour']

it('evidence has the class that the catalogue gives it, in every case', () => {
  const random = seeded(20_261_126)
  const scenarios = { ...networkScenarios, ...endpointScenarios, ...personaScenarios, ...knowledgeScenarios }
  const cases = [
    ...Object.values(scenarios).flatMap(({ fires, spares }) => [fires[0], spares[1]]),
    ...Array.from({ length: 500 }, () => synthetic(random).facts),
  ]
  const live = { checks: Object.fromEntries(checks.map(({ code }) => [code, { mode: 'live' as const }])) }
  const found = cases
    .flatMap((facts) => evaluateChecks(facts, live))
    .flatMap(({ code, evidence }) =>
      evidence.map(({ label, sensitivity }) => ({
        name: `${code} ${/^Q\d+$/.test(label) ? '(family)' : label}`,
        sensitivity,
      })),
    )
  const namesOf = (wanted: number) =>
    [...new Set(found.flatMap(({ name, sensitivity }) => (sensitivity === wanted ? [name] : [])))].sort()
  expect(namesOf(1)).toEqual(reviewers)
  expect(namesOf(2)).toEqual(onOpening)
  expect(namesOf(0).filter((name) => [...reviewers, ...onOpening].includes(name))).toEqual([])
})
