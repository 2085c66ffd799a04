import { funnelSteps } from '#domain/verification/funnel.ts'
import { outcomes, shownOutcome } from '#domain/verification/outcome.ts'
import { states } from '#domain/verification/state.ts'
import { channels, purposes } from '#domain/verification/verification.ts'
import { useCopy } from '../../copy/index.ts'
import { enChecks } from '#domain/words/en/checks/index.ts'
import { useMay, useSession } from '../../session.tsx'
import type { Option } from './MultiFilter.tsx'
import type { ListFilters } from './query.ts'

/** Filters that are always in the row. */
export const mainFilters = ['outcome', 'state', 'referrer', 'purpose', 'channel'] as const

/** Filters behind "More filters"; one that is set is in the row as well. */
export const furtherFilters = ['band', 'step', 'reason', 'feedback'] as const

/** One filter with known values. */
export type ValueFilter = (typeof mainFilters)[number] | (typeof furtherFilters)[number]

const bands = ['low', 'guarded', 'elevated', 'high'] as const
const ratings = ['easy', 'hard'] as const
const categories = {
  NET: 'network',
  END: 'endpoint',
  PER: 'persona',
  CHA: 'challenge',
  POS: 'possession',
} as const

/** A check's category, by the beginning of its code. */
const categoryOf = (code: string) => categories[code.slice(0, 3) as keyof typeof categories]

/** The values of each filter in words, as far as this reader may see them. */
export const useOptions = () => {
  const copy = useCopy()
  const may = useMay()
  const session = useSession()
  const named = <K extends string>(keys: readonly K[], names: Readonly<Record<K, string>>): Option[] =>
    keys.map((key) => ({ value: key, name: names[key] }))
  // An agent sees a report as a failed verification (B9).
  const shownOutcomes = () =>
    outcomes.filter((outcome) => shownOutcome(outcome, session().staff.role) === outcome)
  const checks = (): Option[] =>
    Object.keys(enChecks.names).map((code) => ({
      value: code,
      name: copy().checkName(code),
      group: copy().categories[categoryOf(code)],
    }))
  const optionsOf = (filter: ValueFilter, referrers: readonly { id: string; name: string }[]): Option[] => {
    switch (filter) {
      case 'outcome':
        return named(shownOutcomes(), copy().outcomes)
      case 'state':
        return named(states, copy().states)
      case 'referrer':
        return referrers.map(({ id, name }) => ({ value: id, name }))
      case 'purpose':
        return named(purposes, copy().purposes)
      case 'channel':
        return named(channels, copy().channels)
      case 'band':
        return named(bands, copy().bands)
      case 'step':
        return funnelSteps.map((step) => ({ value: step, name: copy().dashboard.funnelSteps[step] ?? step }))
      case 'reason':
        return checks()
      case 'feedback':
        return named(ratings, copy().feedback)
    }
  }
  const labelOf = (filter: ValueFilter): string => {
    const { band, step, reason } = copy().list
    return { ...copy().columns, band, step, reason }[filter]
  }
  const isOffered = (filter: ValueFilter): boolean => filter !== 'reason' || may('checks.read')
  const valueOf = (filters: ListFilters, filter: ValueFilter): string => filters[filter] ?? ''
  return { optionsOf, labelOf, isOffered, valueOf }
}
