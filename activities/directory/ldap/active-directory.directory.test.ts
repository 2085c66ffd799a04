import { afterAll, beforeAll } from 'vitest'
import { describeActiveDirectory } from '../testing/contract-active-directory.ts'
import { describeTwo } from '../testing/contract-one.ts'
import { doubledLdap } from '../testing/doubled-ldap.ts'
import { describeDirectory } from '../testing/contract.ts'
import { openSambaScene, type SambaScene } from '../testing/samba-bench.ts'

let scene: SambaScene

beforeAll(async () => {
  scene = await openSambaScene()
})
afterAll(() => scene.close())

describeDirectory('Active Directory (Samba)', () => scene.bench)
describeTwo(
  () => scene.bench,
  () => doubledLdap(scene.bench.directory),
)
describeActiveDirectory(() => scene)
