import { afterAll, beforeAll } from 'vitest'
import { describeDirectory } from './testing/contract.ts'
import { openSlapdScene, type SlapdScene } from './testing/slapd-bench.ts'

let scene: SlapdScene

beforeAll(async () => {
  scene = await openSlapdScene()
})
afterAll(() => scene.close())

describeDirectory('OpenLDAP’s slapd', () => scene.bench)
