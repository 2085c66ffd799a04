import { createSignal, Show } from 'solid-js'
import type { HelpInput } from '#api/contract/help.ts'
import { selfHelpPurposes } from '#domain/verification/verification.ts'
import { helpRoutes } from '#api/contract/routes-portal-later.ts'
import { StepPage } from './components/StepPage.tsx'
import { pageCopy, usePageCopy } from './copy/pages.ts'
import { useCopy, type Language } from './copy/index.ts'
import './later-styles.ts'
import { knowRoutes, troubleOf, type Visit } from './visit.ts'

knowRoutes(helpRoutes)

type Need = HelpInput['purpose']

/** The typed and chosen values, and the act of sending them. */
const createAsking = (visit: Visit) => {
  const [purpose, setPurpose] = createSignal<Need | null>(null)
  const [who, setWho] = createSignal('')
  const [isMissing, setMissing] = createSignal(false)
  const [isWorking, setWorking] = createSignal(false)
  const [isSent, setSent] = createSignal(false)
  const [trouble, setTrouble] = createSignal<'offline' | 'busy' | null>(null)

  const send = async (): Promise<void> => {
    const chosen = purpose()
    const typed = who().trim()
    setMissing(chosen === null || typed === '')
    if (chosen === null || typed === '' || isWorking()) return
    setWorking(true)
    setTrouble(null)
    try {
      await visit.call('public.askForHelp', { body: { who: typed, purpose: chosen } })
      setSent(true)
    } catch (error) {
      setTrouble(troubleOf(error))
    } finally {
      setWorking(false)
    }
  }
  return { purpose, setPurpose, who, setWho, isMissing, isWorking, isSent, trouble, send }
}

type Part = { asking: ReturnType<typeof createAsking> }

const Needs = (props: Part) => (
  <fieldset>
    <legend>{pageCopy().help.what}</legend>
    {/* eslint-disable-next-line solid/prefer-for -- fixed rows; Solid's list renderer would be 4 % of the first response */}
    {selfHelpPurposes.map((need) => (
      <label class="option">
        <input
          type="radio"
          name="purpose"
          checked={props.asking.purpose() === need}
          onChange={() => props.asking.setPurpose(need)}
        />
        {pageCopy().help.purposes[need]}
      </label>
    ))}
  </fieldset>
)

const Who = (props: Part) => (
  <>
    <label>
      {pageCopy().help.who}
      <input
        name="who"
        maxlength="200"
        autocomplete="username"
        autocapitalize="none"
        spellcheck={false}
        aria-describedby="who-hint"
        value={props.asking.who()}
        onInput={(event) => props.asking.setWho(event.currentTarget.value)}
      />
    </label>
    <p class="muted small" id="who-hint">
      {pageCopy().help.whoHint}
    </p>
  </>
)

const Problems = (props: Part) => {
  const copy = useCopy()
  return (
    <>
      <Show when={props.asking.isMissing()}>
        <p class="error" role="alert">
          {pageCopy().help.missing}
        </p>
      </Show>
      <Show when={props.asking.trouble()}>
        {(found) => (
          <p class="error" role="alert">
            {copy().dead[found()].join('. ')}
          </p>
        )}
      </Show>
    </>
  )
}

/** "Forgot password, locked out, lost phone": says the same to everybody, whether or not the person exists (H1). */
export const HelpPage = (props: { visit: Visit; language: Language }) => {
  const pages = usePageCopy(() => props.language)
  const words = () => pages().help
  // eslint-disable-next-line solid/reactivity -- one visit a page, never another
  const asking = createAsking(props.visit)
  const done = () => (
    <StepPage heading={words().sent}>
      <p>{words().sentStory}</p>
      <p class="muted">{words().nothing}</p>
    </StepPage>
  )
  return (
    <Show when={!asking.isSent()} fallback={done()}>
      <StepPage heading={words().heading}>
        <p>{words().story}</p>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void asking.send()
          }}
        >
          <Needs asking={asking} />
          <Who asking={asking} />
          <Problems asking={asking} />
          <button class="main" aria-disabled={asking.isWorking()}>
            {words().send}
          </button>
        </form>
      </StepPage>
    </Show>
  )
}
