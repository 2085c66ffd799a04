/** Renders the portal's steps in an emulated document, with answers held against the contract in both directions. */
import { render } from '@solidjs/testing-library'
import { createSignal, Show } from 'solid-js'
import { onTestFinished } from 'vitest'
import { participantRoutes } from '#api/contract/routes.ts'
import { schemas } from '#api/contract/schemas.ts'
import type { Step } from '#api/contract/portal.ts'
import type { CallInput, CallOutput } from '#api/contract/types.ts'
import { speak, type Language } from '../copy/index.ts'
import { StepView } from '../steps/StepView.tsx'
import { createVisit } from '../visit.ts'
import { answerWith, token } from './answers.ts'
import { tabAt } from './tab.ts'

type Name = keyof typeof participantRoutes
/** A refusal by its status; 0 means that nothing arrives. */
type Refusal = { readonly refuse: number }
type Replies = {
  [N in Name]?: (input: CallInput<N>) => CallOutput<N> | Refusal | Promise<CallOutput<N> | Refusal>
}

const nameOf = (path: string): Name => {
  const found = (Object.keys(participantRoutes) as Name[]).find(
    (name) => participantRoutes[name].path === path,
  )
  if (found === undefined) throw new Error(`no route has the path ${path}`)
  return found
}

const respond = (name: Name, result: unknown): Response => {
  if (typeof result === 'object' && result !== null && 'refuse' in result) {
    const status = Number(result.refuse)
    if (status === 0) throw new TypeError('Failed to fetch')
    return new Response('{}', { status })
  }
  const schema = schemas[name]
  if ('output' in schema) schema.output.parse(result)
  return result === undefined
    ? new Response(null, { status: 204 })
    : new Response(JSON.stringify(result), { status: 200 })
}

/** Answers calls of a visit, and keeps what was asked. */
export const createReplies = (replies: Replies) => {
  const seen: { name: Name; body: unknown }[] = []
  const fetchWith = async (path: unknown, init?: RequestInit): Promise<Response> => {
    const name = nameOf(String(path))
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
    const schema = schemas[name]
    if ('body' in schema) schema.body.parse(body)
    seen.push({ name, body })
    const reply = replies[name]
    return respond(name, reply ? await reply({ body } as never) : { refuse: 404 })
  }
  return {
    replies,
    fetchWith: fetchWith as typeof fetch,
    asked: (name: Name) => seen.filter((call) => call.name === name).map(({ body }) => body),
    seen,
  }
}

/** Files share the words that are shown: a test in another language leaves English behind for the next. */
const speakHere = async (language: Language): Promise<void> => {
  if (language !== 'en') onTestFinished(() => speak('en'))
  await speak(language)
}

/** Shows a step as a visit would, and whatever its calls lead to. */
export const showStep = async (step: Step, replies: Replies = {}, language: Language = 'en') => {
  // Loaded before, so that no test waits for the compiler.
  await import('../steps/LaterStep.tsx')
  const given = step.kind === 'who_asks' ? token : null
  const server = createReplies({
    'portal.step': () => answerWith(step),
    'public.openLink': () => answerWith(step),
    ...replies,
  })
  const visit = createVisit(tabAt('/v', given), server.fetchWith)
  await speakHere(language)
  const [spoken, setSpoken] = createSignal(language)
  await visit.enter()
  const { container } = render(() => (
    <Show when={visit.answer()}>
      {(answer) => <StepView answer={answer()} visit={visit} language={spoken()} />}
    </Show>
  ))
  const speakNow = async (wanted: Language): Promise<void> => {
    await speakHere(wanted)
    setSpoken(wanted)
  }
  return { ...server, visit, container, speakNow }
}
