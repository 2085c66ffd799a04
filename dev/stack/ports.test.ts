import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { assertPortsFree, isPortFree, pickFreePort, planPorts } from './ports.ts'

describe('planned ports', () => {
  it('start at 3700 and move with PORT_BASE', () => {
    expect(planPorts(undefined)).toMatchObject({
      console: 3700,
      portal: 3710,
      temporal: 3760,
      workerMetrics: 3771,
    })
    expect(planPorts('4700')).toMatchObject({ console: 4700, postgres: 4740 })
  })

  it.each(['x', '80', '40000', '3700.5'])('refuse the base %s', (base) => {
    expect(() => planPorts(base)).toThrow('PORT_BASE')
  })

  it('are all different and below 32768', () => {
    const ports = Object.values(planPorts('32000'))
    expect(new Set(ports).size).toBe(ports.length)
    expect(Math.max(...ports)).toBeLessThan(32_768)
  })
})

/** True if this machine has ::1 at all. */
const hasIpv6 = Object.values(networkInterfaces()).some((found) =>
  found?.some(({ family }) => family === 'IPv6'),
)

it.each(hasIpv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1'])(
  'names a port in use on %s, its part and what to do',
  async (host) => {
    const port = await pickFreePort()
    const holder = createServer().listen(port, host)
    await new Promise((resolve) => holder.once('listening', resolve))
    expect(await isPortFree(port)).toBe(false)
    await expect(assertPortsFree({ console: port })).rejects.toThrow(
      new RegExp(`Port ${String(port)} \\(console\\) is in use.*PORT_BASE`),
    )
    await new Promise((resolve) => holder.close(resolve))
    await expect(assertPortsFree({ console: port })).resolves.toBeUndefined()
  },
)
