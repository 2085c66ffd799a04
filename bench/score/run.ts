/** `npm run bench -- score`: the score, the lists of a large organisation, and the network data, each on one core. */
import { factRowsOf } from '#domain/questions/fact-rows.ts'
import { cellFamilies, cutFamily, tenantFacts } from '#domain/questions/facts.ts'
import { createPeople } from '#domain/questions/testing/tenants.ts'
import type { CheckResult } from '#domain/risk/check.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import { score } from '#domain/risk/score.ts'
import { defaultCheckSettings, defaultScorePolicy } from '#domain/risk/settings.ts'
import { now } from '#domain/risk/testing/facts.ts'
import { seeded } from '#domain/risk/testing/random.ts'
import { synthetic } from '#domain/risk/testing/synthetic.ts'
import { createTools } from '../judgement/world.ts'
import {
  atLeast,
  atMost,
  circumstances,
  median,
  quantile,
  rounded,
  spread,
  type Goal,
  type Report,
} from '../lib/report.ts'
import { lookUpRate } from './look-ups.ts'
import { questioning } from './questions.ts'
import { countThinFiles } from './thin.ts'

const rounds = 5
/** Results of a whole catalogue. */
const catalogueSize = 83
const people = 30_000

/** A case with as many results as the catalogue has checks: a synthetic one, filled up with its own results under other groups. */
const resultsOf = (seed: number): readonly CheckResult[] => {
  const found = evaluateChecks(synthetic(seeded(seed)).facts, defaultCheckSettings)
  const extra = Array.from({ length: Math.max(0, catalogueSize - found.length) }, (_, index) => ({
    ...(found[index % found.length] as CheckResult),
    group: `extra-${String(index)}`,
  }))
  return [...found, ...extra].slice(0, catalogueSize)
}

const timed = (work: () => unknown): number => {
  const started = performance.now()
  work()
  return performance.now() - started
}

/** Milliseconds by the clock, and of processor time: on a busy machine the two part. */
const timedBoth = (work: () => unknown): Both => {
  const before = process.cpuUsage()
  const wall = timed(work)
  const { user, system } = process.cpuUsage(before)
  return { wall, cpu: (user + system) / 1000 }
}

type Both = { readonly wall: number; readonly cpu: number }

/** Milliseconds of single calls: p99 and median over five rounds of a thousand cases. */
const scoring = (): { goals: readonly Goal[]; figures: unknown } => {
  const cases = Array.from({ length: 1_000 }, (_, seed) => resultsOf(seed + 1))
  const round = (): readonly Both[] =>
    cases.map((results) => timedBoth(() => score(results, defaultScorePolicy)))
  // The first round teaches the compiler.
  round()
  const all = Array.from({ length: rounds }, round)
  const by = (part: keyof Both) => {
    const times = all.map((list) => list.map((one) => one[part]))
    return { p99: spread(times.map((list) => quantile(list, 0.99))), p50: spread(times.map(median)) }
  }
  const [wall, cpu] = [by('wall'), by('cpu')]
  return {
    goals: [atMost('score.p99CpuMs', cpu.p99.median, 1), atMost('score.p99Ms', wall.p99.median, 1)],
    figures: { wall, cpu },
  }
}

const megabytes = (bytes: number): number => bytes / 1024 / 1024

/** Seconds and memory for counting 30,000 people and cutting all their lists. */
const cutting = (): { goals: readonly Goal[]; figures: unknown } => {
  const organisation = createPeople(people, now)
  const tools = createTools('key of this bench')
  const before = process.memoryUsage().rss
  let blocks = 0
  const seconds = Array.from({ length: rounds }, () =>
    timed(() => {
      const rows = organisation.flatMap((person) => factRowsOf(person, tools))
      const cut = cellFamilies.flatMap((family) => cutFamily(rows, family, '2026-Q4', tools).blocks)
      tenantFacts(rows, cut)
      blocks = cut.length
    }),
  ).map((ms) => ms / 1000)
  const grown = megabytes(process.memoryUsage().rss - before)
  return {
    goals: [atMost('cells.seconds', median(seconds), 60), atMost('cells.growthMb', grown, 500)],
    figures: { seconds: spread(seconds), growthMb: rounded(grown), blocks, people },
  }
}

export const run = async (): Promise<Report> => {
  const scored = scoring()
  const cut = cutting()
  const thin = countThinFiles(people, rounds)
  const data = lookUpRate(rounds)
  const perSecond = data.rounds.map((round) => round.perSecond)
  const perCpuSecond = data.rounds.map((round) => round.perCpuSecond)
  const asked = await questioning()
  return {
    name: 'score',
    goals: [
      ...scored.goals,
      ...cut.goals,
      atMost('thin.seconds', median(thin.seconds), 60),
      atLeast('lookUps.perCpuSecond', median(perCpuSecond), 50_000),
      atLeast('lookUps.perSecond', median(perSecond), 50_000),
      atMost('lookUps.residentMb', data.residentMb, 150),
      ...asked.goals,
    ],
    rounds,
    scoring: scored.figures,
    cells: cut.figures,
    thin: { seconds: spread(thin.seconds), longestMs: rounded(thin.longestMs), people },
    lookUps: {
      perSecond: spread(perSecond),
      perCpuSecond: spread(perCpuSecond),
      residentMb: data.residentMb,
    },
    questions: asked.figures,
    circumstances: circumstances(),
  }
}
