import { createSignal } from 'solid-js'
import type { ApproverRequest } from '#api/contract/approver.ts'
import { approvalRoutes } from '#api/contract/routes-portal-later.ts'
import type { Trouble } from './view.ts'
import { isOver, knowRoutes, troubleOf, type Visit } from './visit.ts'

knowRoutes(approvalRoutes)

/** The stage of an approver's visit. */
export type Stage = 'loading' | 'start' | 'asked' | 'stop' | 'yes' | 'no' | 'not_sure' | 'failed' | 'over'

/** The state and the acts of an approver's page. It begins with the token of a link, or without one after a sign-in. */
export const createApproval = ({ token, call, setBrand }: Pick<Visit, 'token' | 'call' | 'setBrand'>) => {
  const [stage, setStage] = createSignal<Stage>('loading')
  const [request, setRequest] = createSignal<ApproverRequest | null>(null)
  const [triesLeft, setTriesLeft] = createSignal<number | null>(null)
  const [trouble, setTrouble] = createSignal<Trouble | null>(null)
  const [isWorking, setWorking] = createSignal(false)

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setWorking(true)
    setTrouble(null)
    try {
      await work()
    } catch (error) {
      // The page never says why (C17); without a request on the page it is most likely the wrong sign-in.
      if (isOver(error)) setStage(token === null && request() === null ? 'failed' : 'over')
      else setTrouble(troubleOf(error))
    } finally {
      setWorking(false)
    }
  }
  /** Inert: with a token it says only that a sign-in is needed. */
  const open = (): Promise<void> =>
    attempt(async () => {
      if (token !== null) {
        const { brand } = await call('public.openApproval', { body: { token } })
        setBrand(brand)
        setStage('start')
        return
      }
      const asked = await call('public.approval', { body: {} })
      setBrand(asked.brand)
      setRequest(asked)
      setStage('asked')
    })
  /** Leaves for the organisation's own sign-in page. */
  const signIn = (leave: (url: string) => void): Promise<void> =>
    attempt(async () => {
      if (token === null) return
      const { url } = await call('public.signInApprover', { body: { token } })
      leave(url)
    })
  const answer = (said: 'yes' | 'no' | 'not_sure', digits = ''): Promise<void> =>
    attempt(async () => {
      const screenHash = request()?.screenHash ?? ''
      const body = said === 'yes' ? { answer: said, digits, screenHash } : { answer: said, screenHash }
      const answered = await call('public.answerApproval', { body })
      if (answered.accepted) setStage(said)
      else if (answered.triesLeft === 0) setStage('over')
      else setTriesLeft(answered.triesLeft)
    })
  return { stage, setStage, request, triesLeft, setTriesLeft, trouble, isWorking, open, signIn, answer }
}

/** The state and the acts of `createApproval`. */
export type Approval = ReturnType<typeof createApproval>
