import { createSignal, Match, Show, Switch } from 'solid-js'
import type { PersonCard } from '#api/contract/console.ts'
import { Dialog } from '#platform/ui/Dialog.tsx'
import { call } from '../../api.ts'
import { Quoted } from '../../components/Quoted.tsx'
import { Reasoned } from '../../components/Reasoned.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useMay, useSession } from '../../session.tsx'

type Deed = 'add' | 'ask' | 'accept' | 'decline'
type Part = { person: PersonCard; onChanged: () => void }

const perform = (deed: Deed, personId: string, reason: string, key: string): Promise<unknown> =>
  deed === 'add'
    ? call('console.protectAccount', { params: { personId }, body: { reason } }, { key })
    : call('console.unprotectAccount', { params: { personId }, body: { decision: deed, reason } }, { key })

/** Shows if the help desk never handles this account, why, and what this reader may do about it. */
export const Protection = (props: Part) => {
  const copy = useCopy()
  const may = useMay()
  const [deed, setDeed] = createSignal<Deed | null>(null)
  return (
    <Show when={props.person.protection !== null || may('people.protect')}>
      <section>
        <h2>{copy().protection.title}</h2>
        <Standing person={props.person} />
        <Show when={may('people.protect')}>
          <Deeds person={props.person} onChoose={setDeed} />
        </Show>
        <Show when={deed()} keyed>
          {(chosen) => (
            <Asked
              deed={chosen}
              person={props.person}
              onClose={() => setDeed(null)}
              onDone={() => {
                setDeed(null)
                props.onChanged()
              }}
            />
          )}
        </Show>
      </section>
    </Show>
  )
}

/** Shows since when and why the account is on the list, and who wants it off. */
const Standing = (props: { person: PersonCard }) => {
  const copy = useCopy()
  const words = () => copy().protection
  return (
    <>
      <Show when={props.person.protection} fallback={<p class="muted">{words().none}</p>}>
        {(shown) => (
          <p>
            {words().on}
            <Quoted before=" " text={shown().reason} />
            <Show when={shown().at}>
              {(at) => (
                <span class="muted small">
                  {' '}
                  · {shown().byName}, <Moment at={at()} />
                </span>
              )}
            </Show>
          </p>
        )}
      </Show>
      <Show when={props.person.protection?.off}>
        {(wish) => (
          <p class="notice elevated">
            {words().wanted(wish().byName)} <q>{wish().reason}</q> <Moment at={wish().at} />
          </p>
        )}
      </Show>
    </>
  )
}

/** The acts that are possible now: one admin asks, another admin takes it off. */
const Deeds = (props: { person: PersonCard; onChoose: (deed: Deed) => void }) => {
  const copy = useCopy()
  const session = useSession()
  const words = () => copy().protection
  const off = () => props.person.protection?.off ?? null
  const mayAccept = () => session().staff.role === 'admin' && off()?.byId !== session().staff.id
  return (
    <div class="tools">
      <Switch>
        <Match when={props.person.protection === null}>
          <DeedButton word={words().add} onClick={() => props.onChoose('add')} />
        </Match>
        <Match when={off() === null}>
          <DeedButton word={words().ask} onClick={() => props.onChoose('ask')} />
        </Match>
        <Match when={off() !== null}>
          <Show when={mayAccept()} fallback={<p class="muted small">{words().second}</p>}>
            <DeedButton word={words().accept} onClick={() => props.onChoose('accept')} />
          </Show>
          <DeedButton word={words().decline} onClick={() => props.onChoose('decline')} />
        </Match>
      </Switch>
    </div>
  )
}

const Asked = (props: { deed: Deed; person: PersonCard; onClose: () => void; onDone: () => void }) => {
  const copy = useCopy()
  const words = () => copy().protection.dialogs[props.deed]
  return (
    <Dialog title={words().title} onClose={() => props.onClose()}>
      <Reasoned
        label={copy().confirm.reason}
        actions={[
          {
            word: words().action,
            isMain: true,
            act: (reason, key) => perform(props.deed, props.person.id, reason, key),
          },
        ]}
        onBack={() => props.onClose()}
        onDone={() => props.onDone()}
      >
        <p>{words().story(props.person.name)}</p>
      </Reasoned>
    </Dialog>
  )
}

const DeedButton = (props: { word: string; onClick: () => void }) => (
  <button type="button" class="small" onClick={() => props.onClick()}>
    {props.word}
  </button>
)
