import { afterAll, beforeAll } from 'vitest'
import { describeTwo } from '../testing/contract-one.ts'
import { doubledLdap } from '../testing/doubled-ldap.ts'
import { describeDirectory } from '../testing/contract.ts'
import { openSlapdScene, type SlapdScene } from '../testing/slapd-bench.ts'

let scene: SlapdScene

beforeAll(async () => {
  scene = await openSlapdScene()
})
afterAll(() => scene.close())

describeDirectory('OpenLDAP’s slapd', () => scene.bench)
describeTwo(
  () => scene.bench,
  () => doubledLdap(scene.bench.directory),
)
