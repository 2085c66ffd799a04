/** One side in a process of its own: carries as many flows as it is asked for and says how long they took. */
import { openProduct } from '../lib/product.ts'
import type { Servers } from '../lib/servers.ts'
import { type Flow, runFlows, type Side } from '../lib/side.ts'
import { openTwin } from '../twins/twin.ts'
import type { Ask, Told } from './children.ts'

const tell = (told: Told): void => {
  process.send?.(told)
}

const open = (side: string, servers: Servers): Promise<Side> =>
  side === 'product' ? openProduct(servers) : openTwin(side === 'B1' ? 'naive' : 'ours', servers.temporal)

const side = await open(process.argv[2] ?? '', JSON.parse(process.argv[3] ?? '{}') as Servers)

const times = (flows: readonly Flow[]) => ({
  openMs: flows.map(({ openMs }) => openMs),
  codeMs: flows.map(({ codeMs }) => codeMs),
})

const obey = async (ask: Ask): Promise<void> => {
  if (ask.kind === 'end') {
    await side.close()
    process.exit(0)
  }
  if (ask.kind === 'prepare') {
    await side.prepare(ask.flows)
    tell({ kind: 'prepared' })
    return
  }
  const begun = performance.now()
  const flows = await runFlows(side, ask.flows, ask.concurrency, { answers: ask.answers, settleMs: 0 })
  tell({ kind: 'ran', wallMs: performance.now() - begun, ...times(flows) })
}

process.on('message', (ask: Ask) => {
  obey(ask).catch((error: unknown) => {
    console.error(error)
    process.exit(1)
  })
})
tell({ kind: 'ready' })
