import { afterAll, beforeAll } from 'vitest'
import { describeKeycloak } from '../testing/contract-keycloak.ts'
import { describeDirectory } from '../testing/contract.ts'
import { openKeycloakScene, type KeycloakScene } from '../testing/keycloak-bench.ts'

let scene: KeycloakScene

beforeAll(async () => {
  scene = await openKeycloakScene()
}, 400_000)
afterAll(() => scene.close())

describeDirectory('Keycloak', () => scene.bench)
describeKeycloak(() => scene)
