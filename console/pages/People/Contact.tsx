import { createSignal, onCleanup, Show } from 'solid-js'
import type { PersonCard } from '#api/contract/console.ts'
import { call } from '../../api.ts'
import { Reasoned } from '../../components/Reasoned.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { contactName, contactSource } from '../../lib/contact-name.ts'
import { useMay } from '../../session.tsx'

/** A contact is shown in full for this long (D10). */
const shownMs = 30_000

/** One contact on file: masked, and in full for a moment to a member of staff who gives a reason. */
export const Contact = (props: { personId: string; contact: PersonCard['contacts'][number] }) => {
  const copy = useCopy()
  const may = useMay()
  const [value, setValue] = createSignal<string | null>(null)
  const [isAsking, setAsking] = createSignal(false)
  let line: HTMLLIElement | undefined
  // The pressed button is gone: the next element takes the focus.
  const ask = (wants: boolean) => {
    setAsking(wants)
    queueMicrotask(() => line?.querySelector<HTMLElement>(wants ? 'textarea' : 'button')?.focus())
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const hide = () => {
    clearTimeout(timer)
    setValue(null)
  }
  onCleanup(hide)
  const show = async (reason: string) => {
    const params = { personId: props.personId, contactId: props.contact.id }
    setValue((await call('console.revealContact', { params, body: { reason } })).value)
    timer = setTimeout(hide, shownMs)
  }
  return (
    <li ref={line}>
      <div class="contact">
        <span>
          <span class="mono break">{value() ?? props.contact.masked}</span> ·{' '}
          {contactName(copy(), props.contact)}
        </span>
        <Show when={!props.contact.isReadable}>
          <span class="tag">{copy().person.unreadable}</span>
        </Show>
        <Show when={may('contacts.reveal') && props.contact.isReadable && !isAsking()}>
          <button
            type="button"
            class="quiet"
            onClick={() => (value() === null ? ask(true) : hide())}
            aria-label={`${value() === null ? copy().alarms.show : copy().alarms.hide}: ${props.contact.masked}`}
          >
            {value() === null ? copy().alarms.show : copy().alarms.hide}
          </button>
        </Show>
        <span class="muted small">
          {contactSource(copy(), props.contact)}, {copy().person.changed}{' '}
          <Moment at={props.contact.lastChangedAt} />
        </span>
      </div>
      <Show when={isAsking()}>
        <Reasoned
          label={copy().alarms.why}
          actions={[{ word: copy().alarms.show, isMain: true, act: show }]}
          onBack={() => ask(false)}
          onDone={() => ask(false)}
        >
          <p class="muted small">{copy().alarms.showStory}</p>
        </Reasoned>
      </Show>
    </li>
  )
}
