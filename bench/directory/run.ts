/** `directory` (docs/performance.md): reading 30,000 people of a real slapd, and new passwords on a real Samba. As root. */
import { installPrograms, sambaPrograms, slapdPrograms } from '#dev/stack/directories/install.ts'
import { atMost, circumstances, median, quantile, rounded, spread, type Report } from '../lib/report.ts'
import { measureResets } from './resets.ts'
import { measureSync } from './sync.ts'

/** Odd, and enough for a p95 that is not the slowest. */
const rounds = 41
/** Above what was measured at first (docs/performance.md): it guards against getting worse. */
const mostOfBare = 10

const figuresOf = (values: readonly number[]) => {
  const { rounds: _each, ...rest } = spread(values)
  return { ...rest, p95: rounded(quantile(values, 0.95)) }
}

/** Runs the bench. */
export const run = async (): Promise<Report> => {
  installPrograms({ ...slapdPrograms, ...sambaPrograms }, (sentence) => {
    console.error(sentence)
  })
  console.error('reading 30,000 people of slapd')
  const sync = await measureSync()
  console.error(`setting ${String(rounds)} passwords on Samba`)
  const resets = await measureResets(rounds)
  const ofBare = (values: readonly number[]): number => median(values) / median(resets.bare)
  return {
    name: 'directory',
    goals: [
      atMost('30,000 people of slapd read, s', sync.wholeSeconds, 60),
      atMost('memory that it took more, MB', sync.growthMb, 200),
      atMost('100 changes after it, s', sync.changesSeconds, 3),
      atMost('rows that came out otherwise', sync.problems, 0),
      atMost('portal "set password" to done on Samba, p95, ms', quantile(resets.portal, 0.95), 3_000),
      atMost('of a bare modify by ldapts, p50', ofBare(resets.portal), mostOfBare),
      atMost('rounds with another count of writes, or whose password is not taken', resets.wrong, 0),
    ],
    rounds,
    ...circumstances(),
    sync: Object.fromEntries(Object.entries(sync).map(([key, value]) => [key, rounded(value)])),
    portalMs: figuresOf(resets.portal),
    adapterMs: figuresOf(resets.adapter),
    bareMs: figuresOf(resets.bare),
    ofBare: { portal: rounded(ofBare(resets.portal)), adapter: rounded(ofBare(resets.adapter)) },
  }
}
