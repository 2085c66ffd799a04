import { createSignal } from 'solid-js'
import type { ReportPage } from '#api/contract/portal.ts'
import { reportRoutes } from '#api/contract/routes-portal-later.ts'
import type { Trouble } from './view.ts'
import { isOver, knowRoutes, troubleOf, type Visit } from './visit.ts'

knowRoutes(reportRoutes)

/** The state of the page behind "this was not me": its content, trouble, and the end. */
export const createReport = ({ tab, token, call, setBrand }: Visit) => {
  const [page, setPage] = createSignal<ReportPage | null>(null)
  const [trouble, setTrouble] = createSignal<Trouble | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  const [isDone, setDone] = createSignal(tab.end !== null)

  const attempt = async (work: (token: string) => Promise<void>): Promise<void> => {
    if (token === null) return void setTrouble('dead_link')
    if (isWorking()) return
    setWorking(true)
    setTrouble(null)
    try {
      await work(token)
    } catch (error) {
      setTrouble(isOver(error) ? 'dead_link' : troubleOf(error))
    } finally {
      setWorking(false)
    }
  }
  /** Reads what happened; changes nothing. */
  const open = async (): Promise<void> => {
    if (isDone()) return
    await attempt(async (given) => {
      const opened = await call('public.openReport', { body: { token: given } })
      setBrand(opened.brand)
      setPage(opened)
    })
  }
  /** Stops everything of that person. */
  const confirm = (digits: string): Promise<void> =>
    attempt(async (given) => {
      await call('public.confirmReport', { body: { token: given, digits } })
      tab.finish('reported')
      setDone(true)
    })
  return { page, trouble, isWorking, isDone, open, confirm }
}
