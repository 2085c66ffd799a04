import type { Dashboard } from '#api/contract/console-reports.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { Bars } from './Bars.tsx'
import { Figures } from './Figures.tsx'
import { HeatMap } from './HeatMap.tsx'
import {
  binDrill,
  drillToAll,
  hourDrill,
  listHref,
  openStates,
  scored,
  withResult,
  type Drill,
  type Slice,
} from './list-href.ts'
import { RiskBins } from './RiskBins.tsx'
import { Slices } from './Slices.tsx'
import { endings, StackedDays, useEndingName, type Ending } from './StackedDays.tsx'
import { Tile } from './Tile.tsx'
import { TimeLine } from './TimeLine.tsx'

type Part = { readonly data: Dashboard; readonly href: (drill?: Drill) => string }

/** All tiles; each leads to the list it counts. */
export const DashboardView = (props: { data: Dashboard; slice: Slice }) => {
  const copy = useCopy()
  const words = () => copy().dashboard
  const href = (drill: Drill = {}) => listHref(props.data.period, props.slice, drill)
  const agents = () =>
    drillToAll(
      'referrer',
      props.data.byAgent.map(({ key }) => key),
    )
  return (
    <>
      <Figures figures={props.data.figures} href={href} />
      <div class="tiles">
        <Outcomes data={props.data} href={href} />
        <Funnel data={props.data} href={href} />
        <Tile
          title={words().risk}
          listHref={href(scored)}
          columns={[copy().columns.risk, words().count]}
          rows={props.data.riskBins.map((bin) => [`${bin.from}–${bin.to}`, bin.count])}
          cellHref={leading(props.data.riskBins.map((bin) => href(binDrill(bin))))}
        >
          <RiskBins bins={props.data.riskBins} href={href} />
        </Tile>
        <Times data={props.data} href={href} />
        <Slices
          title={words().byChannel}
          listHref={href()}
          slices={props.data.byChannel}
          nameOf={(key) => copy().channels[key as 'sms'] ?? key}
          href={(channel) => href({ channel })}
        />
        <Slices
          title={words().byPurpose}
          listHref={href()}
          slices={props.data.byPurpose}
          nameOf={(key) => copy().purposes[key as 'mfa_reset'] ?? key}
          href={(purpose) => href({ purpose })}
        />
        <Slices
          title={words().byAgent}
          // Not the whole list: what nobody on the desk started is in no row here.
          listHref={hrefOf(href, agents())}
          slices={props.data.byAgent}
          nameOf={(_, name) => name}
          href={(referrer) => href({ referrer })}
        />
        <Reasons data={props.data} href={href} />
        <Hours data={props.data} href={href} />
        <Feedback data={props.data} href={href} />
      </div>
    </>
  )
}

/** The address of a drill, or null where there is none. */
const hrefOf = (href: (drill: Drill) => string, drill: Drill | undefined): string | null =>
  drill === undefined ? null : href(drill)

/** The addresses of a table's rows, in its first column. */
const leading =
  (hrefs: readonly (string | undefined)[]) =>
  (row: number, column: number): string | undefined =>
    column === 0 ? hrefs[row] : undefined

const Hours = (props: Part) => {
  const copy = useCopy()
  const words = () => copy().dashboard
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const href = (day: number, hour: number) => props.href(hourDrill(day, hour, timeZone))
  return (
    <Tile
      title={words().hours}
      listHref={props.href()}
      columns={[words().day, ...Array.from({ length: 24 }, (_, hour) => `${hour}`)]}
      rows={props.data.hourOfWeek.map((row, day) => [words().weekdays[day] ?? '', ...row])}
      cellHref={(row, column) => (column === 0 ? undefined : href(row, column - 1))}
    >
      <HeatMap hours={props.data.hourOfWeek} href={href} />
    </Tile>
  )
}

const Outcomes = (props: Part) => {
  const copy = useCopy()
  const nameOf = useEndingName()
  const hrefOf = (ending: Ending) =>
    props.href(ending === 'open' ? { state: openStates } : { outcome: ending })
  return (
    <Tile
      title={copy().dashboard.outcomes}
      listHref={props.href()}
      columns={[copy().dashboard.day, ...endings.map(nameOf)]}
      rows={props.data.outcomesByDay.map((day) => [
        day.day,
        ...endings.map((ending) => day.counts[ending] ?? 0),
      ])}
    >
      <StackedDays days={props.data.outcomesByDay} href={hrefOf} />
    </Tile>
  )
}

const Funnel = (props: Part) => {
  const copy = useCopy()
  const words = () => copy().dashboard
  const bars = () =>
    props.data.funnel.map(({ step, count }) => ({
      name: words().funnelSteps[step] ?? step,
      value: count,
      href: props.href({ step }),
    }))
  return (
    <Tile
      title={words().funnel}
      listHref={props.href({ step: 'sent' })}
      columns={[words().step, words().count]}
      rows={bars().map(({ name, value }) => [name, value])}
      cellHref={leading(bars().map(({ href }) => href))}
    >
      <Bars bars={bars()} shareOf={props.data.funnel[0]?.count ?? 0} />
    </Tile>
  )
}

const Times = (props: Part) => {
  const copy = useCopy()
  const format = useFormat()
  const words = () => copy().dashboard
  const shown = (seconds: number | null) => (seconds === null ? '–' : format.duration(seconds))
  return (
    <Tile
      title={words().time}
      listHref={props.href(withResult)}
      columns={[words().day, words().median, words().p95]}
      rows={props.data.timeByDay.map((day) => [day.day, shown(day.median), shown(day.p95)])}
    >
      <TimeLine days={props.data.timeByDay} />
    </Tile>
  )
}

const Reasons = (props: Part) => {
  const copy = useCopy()
  const words = () => copy().dashboard
  const codes = () => props.data.topReasons.map(({ code }) => code)
  const bars = () =>
    props.data.topReasons.map(({ code, count }) => ({
      name: copy().checkName(code),
      value: count,
      href: props.href({ reason: code }),
    }))
  return (
    <Tile
      title={words().reasons}
      listHref={hrefOf(props.href, drillToAll('reason', codes()))}
      columns={[words().check, words().count]}
      rows={bars().map(({ name, value }) => [name, value])}
      cellHref={leading(bars().map(({ href }) => href))}
      isEmpty={codes().length === 0}
    >
      <Bars bars={bars()} />
    </Tile>
  )
}

const ratings = [
  { rating: 'easy', tone: 'low' },
  { rating: 'hard', tone: 'elevated' },
] as const

const Feedback = (props: Part) => {
  const copy = useCopy()
  const words = () => copy().dashboard
  const all = () => props.data.feedback.easy + props.data.feedback.hard
  const bars = () =>
    ratings.map(({ rating, tone }) => ({
      name: copy().feedback[rating],
      value: props.data.feedback[rating],
      href: props.href({ feedback: rating }),
      tone,
    }))
  return (
    <Tile
      title={words().feedback}
      listHref={props.href({ feedback: 'easy,hard' })}
      columns={[copy().columns.feedback, words().count]}
      rows={bars().map(({ name, value }) => [name, value])}
      cellHref={leading(bars().map(({ href }) => href))}
      isEmpty={all() === 0}
    >
      <Bars bars={bars()} shareOf={all()} />
    </Tile>
  )
}
