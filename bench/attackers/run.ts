/**
 * `npm run bench -- attackers`: genuine people and attackers through the product's own rules. A simulation: it compares
 * rules and finds holes; what it says about the world is only as true as the assumptions of actors.ts.
 */
import { seeded } from '#domain/risk/testing/random.ts'
import { atMost, circumstances, type Report } from '../lib/report.ts'
import { assumed } from './approvers.ts'
import { actorKinds, actorOf, type ActorKind } from './actors.ts'
import { play, type Played } from './play.ts'
import { tallyOf } from './tally.ts'
import { createWorld } from './world.ts'

const tries: Readonly<Record<ActorKind, number>> = {
  genuine: 20_000,
  bot: 20_000,
  remote: 20_000,
  insider: 10_000,
  hijacked: 10_000,
  relayed: 5_000,
}

/** Highest share of remote callers without a contact that may ever be approved. */
const remoteLimit = 0.002

export const run = (): Promise<Report> => {
  const world = createWorld(600)
  const tallies = Object.fromEntries(
    actorKinds.map((kind, index) => {
      const random = seeded(1_000 + index)
      const played: Played[] = []
      for (let n = 0; n < tries[kind]; n += 1) {
        const person = world.people[random.int(0, world.people.length - 1)]
        if (person === undefined) throw new Error('nobody lives here')
        played.push(play(world, actorOf(kind, random), person, `${kind}-${String(n)}`, random))
      }
      return [kind, tallyOf(played)]
    }),
  ) as Record<ActorKind, ReturnType<typeof tallyOf>>
  const attackers = actorKinds.filter((kind) => kind !== 'genuine')
  return Promise.resolve({
    name: 'attackers',
    goals: [
      atMost('genuine.withoutRoute', tallies.genuine.withoutRoute, 0),
      atMost('bot.approved', tallies.bot.approved, 0),
      atMost('remote.approvedShare', tallies.remote.approved / tallies.remote.tries, remoteLimit),
      atMost('insider.approved', tallies.insider.approved, 0),
      atMost(
        'attackers.approvedOnAnswers',
        attackers.reduce((sum, kind) => sum + tallies[kind].owedToAnswers, 0),
        0,
      ),
    ],
    rounds: 1,
    assumedOfApprovers: assumed,
    tallies,
    circumstances: circumstances(),
  })
}
