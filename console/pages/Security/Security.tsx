import { createSignal, For, Match, Show, Switch } from 'solid-js'
import type { StaffPasskeys } from '#api/contract/passkeys.ts'
import { knowsPasskeys } from '#platform/ui/passkey.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'

/** One passkey of the list. */
export type Passkey = StaffPasskeys['passkeys'][number]

type Props = {
  page: StaffPasskeys
  trouble: string | null
  isWorking: boolean
  onAdd: (name: string) => Promise<boolean>
  onRename: (passkey: Passkey, name: string) => Promise<boolean>
  onRemove: (passkey: Passkey) => Promise<boolean>
}

/** Explains what a passkey is for, lists the ones there are, and sets one up. */
export const Security = (props: Props) => {
  const copy = useCopy()
  return (
    <article class="card person">
      <h1>{copy().security.heading}</h1>
      <p>{copy().security.story}</p>
      <Show when={props.trouble}>
        {(text) => (
          <p class="error" role="alert">
            {text()}
          </p>
        )}
      </Show>
      <section aria-label={copy().security.own}>
        <h2>{copy().security.own}</h2>
        <Show when={props.page.passkeys.length > 0} fallback={<p class="muted">{copy().security.none}</p>}>
          <ul class="plain">
            <For each={props.page.passkeys}>{(passkey) => <Row {...props} passkey={passkey} />}</For>
          </ul>
        </Show>
      </section>
      <section aria-label={copy().security.add}>
        <h2>{copy().security.add}</h2>
        <Switch fallback={<Add {...props} />}>
          <Match when={!props.page.isOffered || !knowsPasskeys()}>
            <p class="muted">{copy().security.unknown}</p>
          </Match>
          <Match when={props.page.needs === 'sign_in_again'}>
            <p>{copy().security.again}</p>
            <div class="tools">
              <a class="button main" href="/auth/sign-in?again=1&return_to=%2Fsecurity" rel="external">
                {copy().security.signInAgain}
              </a>
            </div>
          </Match>
        </Switch>
      </section>
      <Show when={props.page.passkeys.length > 0}>
        <p class="small muted">
          {copy().security.lostStory}{' '}
          <a href="/auth/sign-in?again=1&return_to=%2Fsecurity" rel="external">
            {copy().security.signInAgain}
          </a>
        </p>
      </Show>
    </article>
  )
}

const Add = (props: Props) => {
  const copy = useCopy()
  const [name, setName] = createSignal('')
  const submit = async (event: Event) => {
    event.preventDefault()
    if (await props.onAdd(name().trim())) setName('')
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <label>
        {copy().security.name}
        <input
          required
          maxlength="60"
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <div class="tools">
        <button class="main" disabled={props.isWorking}>
          {copy().security.add}
        </button>
      </div>
    </form>
  )
}

type RowProps = Props & { passkey: Passkey }

const Row = (props: RowProps) => {
  const copy = useCopy()
  const [isNaming, setNaming] = createSignal(false)
  const [isSure, setSure] = createSignal(false)
  const rename = async (name: string) => {
    if (await props.onRename(props.passkey, name)) setNaming(false)
  }
  return (
    <li>
      <Show
        when={!isNaming()}
        fallback={
          <Name
            passkey={props.passkey}
            isWorking={props.isWorking}
            onBack={() => setNaming(false)}
            onName={(name) => void rename(name)}
          />
        }
      >
        <About passkey={props.passkey} />
        <div class="tools">
          <button type="button" onClick={() => setNaming(true)}>
            {copy().security.rename}
          </button>
          <Show
            when={isSure()}
            fallback={
              <button type="button" onClick={() => setSure(true)}>
                {copy().security.remove}
              </button>
            }
          >
            <button
              type="button"
              class="danger"
              disabled={props.isWorking}
              onClick={() => void props.onRemove(props.passkey)}
            >
              {copy().security.reallyRemove}
            </button>
          </Show>
        </div>
      </Show>
    </li>
  )
}

type NameProps = { passkey: Passkey; isWorking: boolean; onBack: () => void; onName: (name: string) => void }

const Name = (props: NameProps) => {
  const copy = useCopy()
  let field: HTMLInputElement | undefined
  const submit = (event: Event) => {
    event.preventDefault()
    props.onName(field?.value.trim() ?? '')
  }
  return (
    <form onSubmit={submit}>
      <label>
        {copy().security.name}
        <input ref={field} required maxlength="60" value={props.passkey.name} />
      </label>
      <div class="tools">
        <button type="button" onClick={() => props.onBack()}>
          {copy().confirm.back}
        </button>
        <button class="main" disabled={props.isWorking}>
          {copy().security.save}
        </button>
      </div>
    </form>
  )
}

const About = (props: { passkey: Passkey }) => {
  const copy = useCopy()
  return (
    <p>
      <strong class="break">{props.passkey.name}</strong>
      <br />
      <span class="muted small">
        {copy().security.made} <Moment at={props.passkey.createdAt} />
        <Show when={props.passkey.lastUsedAt}>
          {(at) => (
            <>
              {' · '}
              {copy().security.used} <Moment at={at()} />
            </>
          )}
        </Show>
      </span>
    </p>
  )
}
