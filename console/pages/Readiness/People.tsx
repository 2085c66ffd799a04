import { A } from '@solidjs/router'
import { createSignal, For, onMount, Show } from 'solid-js'
import type { ReadinessPeople } from '#api/contract/console-readiness.ts'
import { call, faultOf, newKey } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useMay } from '../../session.tsx'
import type { Fault } from '../../copy/sentences.ts'

/** People that one request invites. */
const mostInvited = 50

type Person = ReadinessPeople['people'][number]

/** `department`: undefined for everybody, '' for people of none. */
type Choice = { readonly lacking: 'none' | 'passkey'; readonly department: string | undefined }

const ways = ['passkey', 'waiting', 'sheet', 'signIn', 'contacts'] as const

/** The people of a choice, a page at a time. */
const createPages = ({ lacking, department }: Choice) => {
  const [people, setPeople] = createSignal<readonly Person[] | null>(null)
  const [hasMore, setMore] = createSignal(false)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const next = async (): Promise<void> => {
    const after = people()?.at(-1)?.id
    const query = {
      lacking,
      ...(department === undefined ? {} : { department }),
      ...(after === undefined ? {} : { after }),
    }
    try {
      const page = await call('console.readinessPeople', { query })
      setPeople([...(people() ?? []), ...page.people])
      setMore(page.more)
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  return { people, hasMore, trouble, next }
}

/** The chosen people, and the act of inviting them. */
const createInviting = () => {
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set())
  const [isWorking, setWorking] = createSignal(false)
  const [done, setDone] = createSignal<{ invited: number; notInvited: number } | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const choose = (id: string, isOn: boolean) => {
    const next = new Set(chosen())
    if (isOn) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  const invite = async (): Promise<void> => {
    setWorking(true)
    try {
      const body = { personIds: [...chosen()] }
      setDone(await call('console.inviteToEnrol', { body }, { key: newKey() }))
      setChosen(new Set<string>())
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    } finally {
      setWorking(false)
    }
  }
  return { chosen, choose, isWorking, done, trouble, invite }
}
type Inviting = ReturnType<typeof createInviting>

const Invite = (props: { inviting: Inviting }) => {
  const copy = useCopy()
  const words = () => copy().readiness.invite
  const count = () => props.inviting.chosen().size
  return (
    <div class="readiness-choices">
      <button
        type="button"
        class="main"
        disabled={count() === 0 || count() > mostInvited || props.inviting.isWorking()}
        onClick={() => void props.inviting.invite()}
      >
        {words().action(count())}
      </button>
      <span class="muted">{count() > mostInvited ? words().tooMany(mostInvited) : words().hint}</span>
      <span role="status">
        <Show when={props.inviting.done()}>{(done) => words().done(done().invited, done().notInvited)}</Show>
      </span>
      <Show when={props.inviting.trouble()}>{(fault) => <Trouble fault={fault()} />}</Show>
    </div>
  )
}

const Row = (props: { person: Person; inviting: Inviting | null }) => {
  const copy = useCopy()
  const words = () => copy().readiness
  const has = () => ways.filter((way) => props.person[way]).map((way) => words().ways[way])
  return (
    <li>
      <Show when={props.inviting}>
        {(inviting) => (
          <input
            type="checkbox"
            aria-label={words().invite.choose(props.person.name)}
            checked={inviting().chosen().has(props.person.id)}
            onChange={(event) => inviting().choose(props.person.id, event.currentTarget.checked)}
          />
        )}
      </Show>{' '}
      <A href={`/people/${props.person.id}`}>{props.person.name}</A>{' '}
      <span class="muted">
        {[props.person.login, props.person.department, props.person.team].filter(Boolean).join(' · ')}
      </span>
      <Show when={has().length > 0}>
        <br />
        <span class="small">{words().has(has().join(', '))}</span>
      </Show>
    </li>
  )
}

/** The list: what each of them has, and no contact. */
export const People = (props: Choice & { isOpen: boolean; onClose: () => void }) => {
  const copy = useCopy()
  const may = useMay()
  const inviting = createInviting()
  const isInviting = () => props.isOpen && may('readiness.invite')
  const words = () => copy().readiness
  const pages = createPages(props)
  let heading: HTMLHeadingElement | undefined
  onMount(() => {
    heading?.focus()
    void pages.next()
  })
  const title = () => {
    const where = props.department === '' ? words().noDepartment : props.department
    return words().titles[props.lacking](where ?? null)
  }
  return (
    <section class="card" aria-labelledby="readiness-people">
      <h2 id="readiness-people" ref={heading} tabindex="-1">
        {title()}
      </h2>
      <Show when={pages.trouble()}>
        {(fault) => <Trouble fault={fault()} onRetry={() => void pages.next()} />}
      </Show>
      <Show when={pages.people()} fallback={<Loading when={pages.trouble() === null} />}>
        {(people) => (
          <Show when={people().length > 0} fallback={<p>{words().nobody}</p>}>
            <ul class="readiness-people">
              <For each={people()}>
                {(person) => <Row person={person} inviting={isInviting() ? inviting : null} />}
              </For>
            </ul>
          </Show>
        )}
      </Show>
      <Show when={isInviting()}>
        <Invite inviting={inviting} />
      </Show>
      <p class="readiness-choices">
        <Show when={pages.hasMore()}>
          <button type="button" onClick={() => void pages.next()}>
            {words().more}
          </button>
        </Show>
        <button type="button" onClick={() => props.onClose()}>
          {words().close}
        </button>
      </p>
    </section>
  )
}
