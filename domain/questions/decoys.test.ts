import { describe, expect, it } from 'vitest'
import { blockOf, cutCells, type Block, type CellRule, type CellValue } from './cells.ts'
import { changeEpoch, epochOf, isOnlyList, type LiveValues } from './epochs.ts'
import { createTestTools } from './testing/plans.ts'
import { mutualInformation } from './testing/statistics.ts'
import { createRandom, createTeams, dayMs, valuesOf } from './testing/tenants.ts'

/** An attacker who has seen some lists for one fact guesses within what they share. */
type View = readonly string[]

const rule: CellRule = { family: 'manager', size: 5, minHolders: 3 }
const trials = 3_000

const shared = (views: readonly View[]): View =>
  (views[0] ?? []).filter((value) => views.every((view) => view.includes(value)))

const viewOf = (block: Block | undefined): View => (block?.values ?? []).map((entry) => entry.value)

type World = {
  readonly managerOf: readonly number[]
  readonly popularity: ReadonlyMap<string, number>
  readonly blocks: readonly Block[]
  readonly random: () => number
}

const worlds = new Map<number, World>()

/** The world of a seed, built once. */
const createWorld = (seed: number): World => {
  const known = worlds.get(seed) ?? buildWorld(seed)
  worlds.set(seed, known)
  return known
}

const buildWorld = (seed: number): World => {
  const random = createRandom(seed)
  const { managerOf, values } = createTeams(600, 60, random)
  const { blocks } = cutCells(values, rule, '2026-Q3', createTestTools(`key ${seed}`))
  return {
    managerOf,
    popularity: new Map(values.map((entry) => [entry.value, entry.holders])),
    blocks,
    random,
  }
}

/** Share of trials in which one guess among the shared values of the views is the truth. */
const successOf = (
  lookAt: (world: World, person: number, truth: string) => readonly View[],
  guess: (world: World, values: View) => string = (world, values) =>
    values[Math.floor(world.random() * values.length)] ?? '',
): number => {
  let hits = 0
  let tries = 0
  for (let seed = 0; seed < 30; seed += 1) {
    const world = createWorld(seed)
    for (let trial = 0; trial < trials / 30; trial += 1) {
      const person = Math.floor(world.random() * world.managerOf.length)
      const truth = `manager-${world.managerOf[person]}`
      const views = lookAt(world, person, truth)
      if (views.some((view) => view.length === 0)) continue
      tries += 1
      if (guess(world, shared(views)) === truth) hits += 1
    }
  }
  expect(tries).toBeGreaterThan(trials * 0.8)
  return hits / tries
}

/** The twin that must fail: decoys drawn anew for each showing. */
const redrawn = (world: World, truth: string): View => {
  const list = new Set([truth])
  const all = [...world.popularity.keys()]
  while (list.size < 5) list.add(all[Math.floor(world.random() * all.length)] ?? truth)
  return [...list]
}

const live = (values: readonly CellValue[]): LiveValues => ({
  listable: values,
  alive: new Set(values.map((entry) => entry.value)),
  old: [],
})

const cellView = (world: World, truth: string): View => viewOf(blockOf(world.blocks, truth))

describe('decoys under attack', () => {
  it.each([1, 2, 3])('questions 1: %s views of fixed cells help no more than one', (count) => {
    expect(
      successOf((world, _person, truth) => Array.from({ length: count }, () => cellView(world, truth))),
    ).toBeLessThanOrEqual(0.25)
  })

  it('questions 1: the lists of three team-mates tell nothing more', () => {
    const attack = (world: World, person: number, truth: string): readonly View[] => {
      const mates = world.managerOf
        .map((manager, other) => ({ manager, other }))
        .filter(({ manager, other }) => manager === world.managerOf[person] && other !== person)
        .slice(0, 3)
      return [cellView(world, truth), ...mates.map(({ manager }) => cellView(world, `manager-${manager}`))]
    }
    expect(successOf(attack)).toBeLessThanOrEqual(0.25)
  })

  it('questions 2: picking the commonest value succeeds in at most 35 of 100', () => {
    const commonest = (world: World, values: View): string =>
      [...values].sort((a, b) => (world.popularity.get(b) ?? 0) - (world.popularity.get(a) ?? 0))[0] ?? ''
    expect(successOf((world, _person, truth) => [cellView(world, truth)], commonest)).toBeLessThanOrEqual(
      0.35,
    )
  })

  it('questions 1: the attack works: lists drawn anew die by two views', () => {
    const two = successOf((world, _person, truth) => [redrawn(world, truth), redrawn(world, truth)])
    expect(two).toBeGreaterThan(0.7)
  })

  it('questions 1: views on both sides of an epoch change tell nothing more', () => {
    const later = new Map<World, readonly Block[]>()
    const afterChange = (world: World): readonly Block[] => {
      const known = later.get(world)
      if (known !== undefined) return known
      const moved = world.managerOf.map((manager) =>
        world.random() < 0.1 ? Math.floor(world.random() * 60) : manager,
      )
      const { keep, publish } = changeEpoch(
        world.blocks,
        live(valuesOf(moved)),
        rule,
        '2026-Q4',
        createTestTools(),
      )
      later.set(world, [...keep, ...publish])
      return [...keep, ...publish]
    }
    expect(
      successOf((world, _person, truth) => [
        cellView(world, truth),
        viewOf(blockOf(afterChange(world), truth)),
      ]),
    ).toBeLessThanOrEqual(0.25)
  })

  it.each([
    // n asked, k right: the share at m = 5.
    [3, 3, 0.008],
    [4, 4, 0.0016],
    [4, 3, 0.0272],
    [5, 4, 0.0067],
    [6, 5, 0.0016],
  ])(
    'questions 3: blind guessing gets through %s questions with %s right as the table says',
    (asked, right, table) => {
      const random = createRandom(5)
      const world = createWorld(5)
      const views = world.managerOf.map((manager) => cellView(world, `manager-${manager}`))
      const sets = 120_000
      let passed = 0
      for (let set = 0; set < sets; set += 1) {
        let hits = 0
        for (let question = 0; question < asked; question += 1) {
          const person = Math.floor(random() * world.managerOf.length)
          const view = views[person] ?? []
          if (view[Math.floor(random() * view.length)] === `manager-${world.managerOf[person]}`) hits += 1
        }
        if (hits >= right) passed += 1
      }
      // Three standard deviations of the simulation itself on top of the bar.
      const noise = 3 * Math.sqrt((table * 1.2) / sets)
      expect(passed / sets).toBeLessThanOrEqual(table * 1.2 + noise)
    },
  )

  it('questions 4: the place of the truth is even over all blocks', () => {
    const places = [0, 0, 0, 0, 0]
    const random = createRandom(11)
    for (let seed = 0; seed < 30; seed += 1) {
      const world = createWorld(seed)
      for (const block of world.blocks.filter((candidate) => candidate.values.length === 5)) {
        const people = world.managerOf.filter((manager) =>
          block.values.some((entry) => entry.value === `manager-${manager}`),
        )
        const truth = `manager-${people[Math.floor(random() * people.length)]}`
        const place = block.values.findIndex((entry) => entry.value === truth)
        places[place] = (places[place] ?? 0) + 1
      }
    }
    const expected = places.reduce((sum, count) => sum + count, 0) / 5
    const chi = places.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
    // 13.28: chi-square, 4 degrees of freedom, p = 0.01.
    expect(chi).toBeLessThan(13.28)
  })

  it('questions 7: blocks of two families say nothing about each other, though the values be the same', () => {
    const random = createRandom(10)
    const { values } = createTeams(600, 60, createRandom(9))
    const shuffle = <T>(list: readonly T[]): readonly T[] =>
      list
        .map((item) => ({ item, place: random() }))
        .sort((x, y) => x.place - y.place)
        .map(({ item }) => item)
    // Popularity differs between families; sorting by it must not tie their blocks together.
    const holders = shuffle(values.map((value) => value.holders))
    const others = values.map((value, index) => ({ ...value, holders: holders[index] ?? value.holders }))
    const blocksOf = (list: typeof values, family: CellRule['family']): readonly number[] => {
      const { blocks } = cutCells(list, { ...rule, family, minHolders: 1 }, 'e', createTestTools())
      return values.map((value) => blocks.findIndex((block) => block === blockOf(blocks, value.value)))
    }
    const first = blocksOf(values, 'manager')
    const bitsWith = (second: readonly number[]): number =>
      mutualInformation(first.map((block, index) => [block, second[index] ?? -1]))
    const shareAbove = (second: readonly number[]): number => {
      const seen = bitsWith(second)
      return Array.from({ length: 200 }, () => bitsWith(shuffle(second))).filter((bits) => bits >= seen)
        .length
    }
    expect((shareAbove(blocksOf(others, 'device_model')) + 1) / 201).toBeGreaterThan(0.01)
    // The measure works: one key for both families would be seen at once.
    expect(shareAbove(blocksOf(values, 'manager'))).toBe(0)
  })
})

describe('epochs', () => {
  const tools = createTestTools()
  const { values } = createTeams(600, 60, createRandom(4))
  const { blocks } = cutCells(values, rule, '2026-Q3', tools)

  it('are calendar quarters in UTC', () => {
    expect(epochOf(new Date('2026-12-31T23:59:59Z'))).toBe('2026-Q4')
    expect(epochOf(new Date('2027-01-01T00:00:00Z'))).toBe('2027-Q1')
  })

  it('keep a block with one dead value as it is, retire one with two, and cut only what waits', () => {
    const [first, second] = blocks
    const dead = new Set([...viewOf(first).slice(0, 1), ...viewOf(second).slice(0, 2)])
    const fresh = Array.from({ length: 6 }, (_, index) => ({
      value: `new-${index}`,
      label: { kind: 'text' as const, text: `Nina Neumann ${'abcdef'.charAt(index)}` },
      holders: 9,
    }))
    const stillTrue = [...values.filter((entry) => !dead.has(entry.value)), ...fresh]
    const change = changeEpoch(blocks, live(stillTrue), rule, '2026-Q4', tools)
    expect(change.keep).toContainEqual(first)
    expect(change.retire).toEqual([second])
    const survivors = viewOf(second).filter((entry) => !dead.has(entry))
    const moved = [...change.publish.flatMap((block) => viewOf(block)), ...change.waiting]
    for (const survivor of survivors) expect(moved).toContain(survivor)
    for (const block of change.publish) expect(block.epoch).toBe('2026-Q4')
  })

  it('let fewer than a list wait', () => {
    const one = { value: 'new', label: { kind: 'text' as const, text: 'Nina Neumann' }, holders: 9 }
    const change = changeEpoch(blocks, live([...values, one]), rule, '2026-Q4', tools)
    expect(change.publish).toEqual([])
    expect(change.waiting).toContain('new')
  })

  it('allow one list for one fact until 180 days after the other was last shown', () => {
    const now = Date.UTC(2026, 10, 24)
    const shown = (days: number, blockId = 'old'): Parameters<typeof isOnlyList>[2] => [
      { valueDigest: 'v', blockId, at: now - days * dayMs },
    ]
    expect(isOnlyList('v', 'new', shown(179), now)).toBe(false)
    expect(isOnlyList('v', 'new', shown(180), now)).toBe(true)
    expect(isOnlyList('v', 'old', shown(1), now)).toBe(true)
    expect(isOnlyList('other', 'new', shown(1), now)).toBe(true)
    expect(isOnlyList('v', 'new', [], now)).toBe(true)
  })
})
