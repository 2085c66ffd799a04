/**
 * `npm run bench -- judgement [FILE.svg]`: genuine people, and attackers who hold the contact, through the product's own rules.
 * A simulation: it compares rules and finds holes; what it says about the world is only as true as the assumptions of actors.ts
 * and knowledge.ts. The curves go to the file, if one is named.
 */
import { writeFileSync } from 'node:fs'
import { checks } from '#domain/risk/checks/index.ts'
import { seeded } from '#domain/risk/testing/random.ts'
import { atMost, circumstances, type Report } from '../lib/report.ts'
import { kinds, type Kind } from './actors.ts'
import { assumed } from './approvers.ts'
import { alarmsOf, inputChecks, ways } from './hands.ts'
import { habitAlarmsOf, habitRows } from './habits.ts'
import { areaOf, caughtAt, curveOf, sharesOf } from './figures.ts'
import { play, type Played } from './play.ts'
import { plotOf } from './plot.ts'
import { createWorld, type World } from './world.ts'

const tries = 1_000
const entries = 10_000

/** A check with more false alarms for any way of genuine people stays in shadow; per cent. */
const alarmLimit = 1

/** The genuine people against whom attackers are held: those whom only their answers and contacts can tell apart. */
const against = 'new phone, usual network; 10/5'

/** These are drawn: what separates them is what they know. */
const drawn = /^work mailbox, [^,]+$/

const playAll = (world: World, kind: Kind, seed: number): readonly Played[] => {
  const random = seeded(seed)
  return Array.from({ length: tries }, (_, n) => {
    const person = world.people[random.int(0, world.people.length - 1)]
    if (person === undefined) throw new Error('nobody lives here')
    return play(world, kind.draw(random), person, `${kind.name}-${String(n)}`, random)
  })
}

const goalsOf = ({ kind, played }: Row) => {
  const shares = sharesOf(played)
  const stranded = played.filter(({ last }) => last.answer === 'hold' && last.next === 'close').length
  const owed = played.filter(({ isOwedToAnswers }) => isOwedToAnswers).length
  const { limit, name } = kind
  const asked = Math.round((100 - shares.approved.percent) * 10) / 10
  if (kind.isGenuine)
    return [
      atMost(`${name}: without a way on`, stranded, 0),
      ...(limit === null ? [] : [atMost(`${name}: asked for more, %`, asked, limit)]),
    ]
  return [
    atMost(`${name}: approved on answers`, owed, 0),
    ...(limit === null ? [] : [atMost(`${name}: approved with one kind, %`, shares.approved.percent, limit)]),
  ]
}

const liveInputChecks = inputChecks.filter((code) =>
  checks.some((check) => check.code === code && check.phase === 1),
)

/** The false alarms of each way to enter something, and the goals of those that the page can tell from a program. */
const entering = () => {
  const alarms = ways.map((way, index) => ({ way, alarms: alarmsOf(way, entries, seeded(500 + index)) }))
  const goals = alarms
    .filter(({ way }) => way.isGenuine && way.isUnknowable !== true)
    .flatMap(({ way, alarms: of }) =>
      liveInputChecks.map((code) => atMost(`${way.name}: ${code}, %`, of[code] ?? 0, alarmLimit)),
    )
  return { goals, rows: alarms.map(({ way, alarms: of }) => ({ name: way.name, ...of })) }
}

/** The cases of one person against their own earlier ones, and those of others in their place. */
const habits = () => {
  const rows = habitRows.map((row, index) => ({
    ...{
      name: row.name,
      isGenuine: row.isGenuine,
      percent: habitAlarmsOf(row, entries, seeded(700 + index)),
    },
  }))
  const goals = rows
    .filter(({ isGenuine }) => isGenuine)
    .map(({ name, percent }) => atMost(`${name}: PER_HABIT, %`, percent, alarmLimit))
  return { goals, rows: rows.map(({ name, percent }) => ({ name, PER_HABIT: percent })) }
}

type Row = { readonly kind: Kind; readonly played: readonly Played[] }

export const run = (): Promise<Report> => {
  const world = createWorld(600)
  const [entered, habit] = [entering(), habits()]
  const rows: readonly Row[] = kinds.map((kind, index) => ({
    kind,
    played: playAll(world, kind, 1_000 + index),
  }))
  const genuine = rows.find(({ kind }) => kind.name === against)?.played ?? []
  const numbersOf = (played: readonly Played[]) => played.map(({ rDecide }) => rDecide)
  const curves = rows
    .filter(({ kind }) => !kind.isGenuine)
    .map(({ kind, played }) => {
      const curve = curveOf(numbersOf(genuine), numbersOf(played))
      return { name: kind.name, curve, caught: { at1: caughtAt(curve, 0.01), at5: caughtAt(curve, 0.05) } }
    })
  const file = process.argv[3]
  if (file !== undefined) writeFileSync(file, plotOf(curves.filter(({ name }) => drawn.test(name))))
  return Promise.resolve({
    name: 'judgement',
    goals: [...rows.flatMap(goalsOf), ...entered.goals, ...habit.goals],
    entering: entered.rows,
    habits: habit.rows,
    rounds: 1,
    tries,
    assumedOfApprovers: assumed,
    rows: rows.map(({ kind, played }) => ({
      name: kind.name,
      ...sharesOf(played),
      ...(kind.isGenuine
        ? {}
        : {
            area: areaOf(numbersOf(genuine), numbersOf(played)),
            caught: curves.find(({ name }) => name === kind.name)?.caught,
          }),
    })),
    circumstances: circumstances(),
  })
}
