import { createSignal } from 'solid-js'
import type { ApproverRequest } from '#api/contract/approver.ts'
import { approvalRoutes } from '#api/contract/routes-portal-later.ts'
import type { Trouble } from './view.ts'
import { isOver, knowRoutes, troubleOf, type Visit } from './visit.ts'

knowRoutes(approvalRoutes)

/** The stage of an approver's visit. */
export type Stage = 'loading' | 'start' | 'asked' | 'stop' | 'yes' | 'no' | 'not_sure' | 'failed' | 'over'

type Said = 'yes' | 'no' | 'not_sure'

/** The state of an approver's page, and one call at a time. */
const createState = () => {
  const [stage, setStage] = createSignal<Stage>('loading')
  const [request, setRequest] = createSignal<ApproverRequest | null>(null)
  const [triesLeft, setTriesLeft] = createSignal<number | null>(null)
  const [trouble, setTrouble] = createSignal<Trouble | null>(null)
  const [isWorking, setWorking] = createSignal(false)
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (isWorking()) return
    setWorking(true)
    setTrouble(null)
    try {
      await work()
    } catch (error) {
      // The page never says why (C17).
      if (isOver(error)) setStage('over')
      else setTrouble(troubleOf(error))
    } finally {
      setWorking(false)
    }
  }
  return { stage, setStage, request, setRequest, triesLeft, setTriesLeft, trouble, isWorking, attempt }
}

/** The state and the acts of an approver's page: first without a session, then with that of a sign-in. */
export const createApproval = ({ tab, token, call, setBrand }: Visit) => {
  const { attempt, setRequest, ...state } = createState()
  const { request, setStage, setTriesLeft } = state
  /** Shows the request to the approver who signed in. False: this browser has no sign-in for one. */
  const show = async (): Promise<boolean> => {
    const asked = await call('public.approval', { body: {} }).catch((error: unknown) => {
      if (isOver(error)) return null
      throw error
    })
    if (asked === null) return false
    setBrand(asked.brand)
    setRequest(asked)
    setStage('asked')
    return true
  }
  /** Inert: a link says only that a sign-in is needed, and so does a reload before there is one. */
  const open = async (): Promise<void> => {
    if (tab.end !== null) return void setStage(tab.end as Said)
    await attempt(async () => {
      if (!tab.isFresh && (await show())) return
      // Without a link, or back from a sign-in that is not the approver's.
      if (token === null) return void setStage('failed')
      const { brand } = await call('public.openApproval', { body: { token } })
      setBrand(brand)
      setStage(tab.wasAway() ? 'failed' : 'start')
    })
  }
  /** Leaves for the organisation's own sign-in page. */
  const signIn = (leave: (url: string) => void): Promise<void> =>
    attempt(async () => {
      if (token === null) return
      const { url } = await call('public.signInApprover', { body: { token } })
      tab.goAway()
      leave(url)
    })
  const answer = (said: Said, digits = ''): Promise<void> =>
    attempt(async () => {
      const screenHash = request()?.screenHash ?? ''
      const body = said === 'yes' ? { answer: said, digits, screenHash } : { answer: said, screenHash }
      const answered = await call('public.answerApproval', { body })
      if (answered.accepted) {
        tab.finish(said)
        setStage(said)
      } else if (answered.triesLeft === 0) setStage('over')
      else setTriesLeft(answered.triesLeft)
    })
  return { ...state, token, open, signIn, answer }
}

/** The state and the acts of `createApproval`. */
export type Approval = ReturnType<typeof createApproval>
