import { expect, it } from 'vitest'
import { serverEnvironment } from './temporal.ts'

it('Temporal gets a home below the cache and a name for who starts it, which a made-up user of a container has not', () => {
  const { PATH, ...rest } = serverEnvironment('/cache')
  expect(PATH).toBeTruthy()
  expect(rest).toEqual({
    HOME: '/cache/temporal-home',
    XDG_CONFIG_HOME: '/cache/temporal-home',
    USER: 'countersign',
  })
})
