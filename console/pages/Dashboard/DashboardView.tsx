import type { Dashboard } from '#api/contract/console-reports.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { Bars } from './Bars.tsx'
import { Figures } from './Figures.tsx'
import { HeatMap } from './HeatMap.tsx'
import { listHref, openStates, type Drill, type Slice } from './list-href.ts'
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
  return (
    <>
      <Figures figures={props.data.figures} href={href} />
      <div class="tiles">
        <Outcomes data={props.data} href={href} />
        <Funnel data={props.data} href={href} />
        <Tile
          title={words().risk}
          listHref={href({ riskFrom: '0' })}
          columns={[copy().columns.risk, words().count]}
          rows={props.data.riskBins.map((bin) => [`${bin.from}–${bin.to}`, bin.count])}
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
          listHref={href()}
          slices={props.data.byAgent}
          nameOf={(_, name) => name}
          href={(referrer) => href({ referrer })}
        />
        <Reasons data={props.data} href={href} />
        <Tile
          title={words().hours}
          listHref={href()}
          columns={[words().day, ...Array.from({ length: 24 }, (_, hour) => `${hour}`)]}
          rows={props.data.hourOfWeek.map((row, day) => [words().weekdays[day] ?? '', ...row])}
        >
          <HeatMap hours={props.data.hourOfWeek} />
        </Tile>
        <Feedback data={props.data} href={href} />
      </div>
    </>
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
  const nameOf = (step: string) => words().funnelSteps[step] ?? step
  return (
    <Tile
      title={words().funnel}
      listHref={props.href()}
      columns={[words().step, words().count]}
      rows={props.data.funnel.map(({ step, count }) => [nameOf(step), count])}
    >
      <Bars
        bars={props.data.funnel.map(({ step, count }) => ({
          name: nameOf(step),
          value: count,
          // The one step that a filter of the list describes: approved closes as passed.
          href: step === 'approved' ? props.href({ outcome: 'passed' }) : undefined,
        }))}
        shareOf={props.data.funnel[0]?.count ?? 0}
      />
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
      listHref={props.href({ outcome: 'passed,failed,not_enough_questions' })}
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
  const reasons = () => props.data.topReasons
  return (
    <Tile
      title={words().reasons}
      listHref={props.href({ riskFrom: '0' })}
      columns={[words().check, words().count]}
      rows={reasons().map(({ code, count }) => [copy().checkName(code), count])}
      isEmpty={reasons().length === 0}
    >
      <Bars bars={reasons().map(({ code, count }) => ({ name: copy().checkName(code), value: count }))} />
    </Tile>
  )
}

const Feedback = (props: Part) => {
  const copy = useCopy()
  const words = () => copy().dashboard
  const { easy, hard } = { easy: () => props.data.feedback.easy, hard: () => props.data.feedback.hard }
  return (
    <Tile
      title={words().feedback}
      listHref={props.href()}
      columns={[copy().columns.feedback, words().count]}
      rows={[
        [copy().feedback.easy, easy()],
        [copy().feedback.hard, hard()],
      ]}
      isEmpty={easy() + hard() === 0}
    >
      <Bars
        bars={[
          { name: copy().feedback.easy, value: easy(), tone: 'low' },
          { name: copy().feedback.hard, value: hard(), tone: 'elevated' },
        ]}
        shareOf={easy() + hard()}
      />
    </Tile>
  )
}
