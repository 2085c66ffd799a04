import type { Dashboard } from '#api/contract/console-reports.ts'
import { outcomes } from '#domain/verification/outcome.ts'
import { useCopy } from '../../copy/index.ts'
import { duration } from '../../lib/time.ts'
import { Bars } from './Bars.tsx'
import { Figures } from './Figures.tsx'
import { HeatMap } from './HeatMap.tsx'
import { listHref, type Slice } from './list-href.ts'
import { Slices } from './Slices.tsx'
import { StackedDays } from './StackedDays.tsx'
import { Tile } from './Tile.tsx'
import { TimeLine } from './TimeLine.tsx'

/** All tiles; each leads to the list it counts. */
export const DashboardView = (props: { data: Dashboard; slice: Slice }) => {
  const copy = useCopy()
  const words = () => copy().dashboard
  const href = (filter: Parameters<typeof listHref>[2] = {}) =>
    listHref(props.data.period, props.slice, filter)
  return (
    <>
      <Figures figures={props.data.figures} href={href} />
      <div class="tiles">
        <Tile
          title={words().outcomes}
          columns={[words().day, ...outcomes.map((outcome) => copy().outcomes[outcome])]}
          rows={props.data.outcomesByDay.map((day) => [
            day.day,
            ...outcomes.map((outcome) => day.counts[outcome] ?? 0),
          ])}
        >
          <StackedDays days={props.data.outcomesByDay} href={(outcome) => href({ outcome })} />
        </Tile>
        <Tile
          title={words().funnel}
          columns={[words().step, words().count]}
          rows={props.data.funnel.map((entry) => [
            words().funnelSteps[entry.step] ?? entry.step,
            entry.count,
          ])}
        >
          <Bars
            bars={props.data.funnel.map((entry) => ({
              name: words().funnelSteps[entry.step] ?? entry.step,
              value: entry.count,
              href: href(),
            }))}
            showShare
          />
        </Tile>
        <Tile
          title={words().risk}
          columns={[copy().columns.risk, words().count]}
          rows={props.data.riskBins.map((bin) => [`${bin.from}–${bin.to}`, bin.count])}
        >
          <Bars
            bars={props.data.riskBins.map((bin) => ({
              name: `${bin.from}–${bin.to}`,
              value: bin.count,
              href: href({ riskFrom: String(bin.from), riskTo: String(bin.to) }),
              tone: toneOf(bin.from),
            }))}
          />
        </Tile>
        <Tile
          title={words().time}
          columns={[words().day, words().median, words().p95]}
          rows={props.data.timeByDay.map((day) => [
            day.day,
            day.median === null ? '–' : duration(day.median),
            day.p95 === null ? '–' : duration(day.p95),
          ])}
        >
          <TimeLine days={props.data.timeByDay} />
        </Tile>
        <Slices
          title={words().byChannel}
          slices={props.data.byChannel}
          nameOf={(key) => copy().channels[key as 'sms'] ?? key}
          href={(channel) => href({ channel })}
        />
        <Slices
          title={words().byPurpose}
          slices={props.data.byPurpose}
          nameOf={(key) => copy().purposes[key as 'mfa_reset'] ?? key}
          href={(purpose) => href({ purpose })}
        />
        <Slices
          title={words().byAgent}
          slices={props.data.byAgent}
          nameOf={(_, name) => name}
          href={(referrer) => href({ referrer })}
        />
        <Tile
          title={words().reasons}
          columns={[words().check, words().count]}
          rows={props.data.topReasons.map((reason) => [words().reasonNames(reason.code), reason.count])}
        >
          <Bars
            bars={props.data.topReasons.map((reason) => ({
              name: words().reasonNames(reason.code),
              value: reason.count,
              href: href(),
            }))}
          />
        </Tile>
        <Tile
          title={words().hours}
          columns={[words().day, ...Array.from({ length: 24 }, (_, hour) => `${hour}`)]}
          rows={props.data.hourOfWeek.map((row, day) => [words().weekdays[day] ?? '', ...row])}
        >
          <HeatMap hours={props.data.hourOfWeek} />
        </Tile>
        <Tile
          title={copy().columns.feedback}
          columns={[copy().columns.feedback, words().count]}
          rows={[
            [copy().feedback.easy, props.data.feedback.easy],
            [copy().feedback.hard, props.data.feedback.hard],
          ]}
        >
          <Bars
            bars={[
              { name: copy().feedback.easy, value: props.data.feedback.easy, href: href(), tone: 'low' },
              { name: copy().feedback.hard, value: props.data.feedback.hard, href: href(), tone: 'elevated' },
            ]}
            showShare
          />
        </Tile>
      </div>
    </>
  )
}

/** Bands as risk.md draws them: 0-2, 2.1-4.9, 5-7.4, 7.5-10; a bin takes the band of its lower edge. */
const toneOf = (from: number): string => {
  if (from < 2) return 'low'
  if (from < 5) return 'guarded'
  return from < 7.5 ? 'elevated' : 'high'
}
