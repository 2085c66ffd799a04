import { useParams } from '@solidjs/router'
import { createEffect, createSignal, on, Show } from 'solid-js'
import type { PersonCard as Card } from '#api/contract/console.ts'
import type { VerificationPanel } from '#api/contract/console-verifications.ts'
import { call, faultOf } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useLivePeople } from '../../lib/live.ts'
import { createNewest } from '../../lib/newest.ts'
import { useMay } from '../../session.tsx'
import { PersonCard } from './PersonCard.tsx'
import { SendLink } from './SendLink.tsx'
import { withCase } from './with-case.ts'
import type { Fault } from '../../copy/sentences.ts'

/** One person: the card, and beside it the way to send a link. */
export const PersonPage = () => {
  const may = useMay()
  const params = useParams()
  const id = () => params['personId'] ?? ''
  const [card, setCard] = createSignal<Card | null>(null)
  const [shownCase, setShownCase] = createSignal<VerificationPanel | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const newest = createNewest<Card>()
  const load = async () => {
    const params = { personId: id() }
    try {
      const loaded = await newest(() => call('console.personCard', { params }))
      if (loaded === null) return
      setCard(loaded.answer)
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  createEffect(on(id, () => void load()))
  useLivePeople(
    (ids) => {
      if (ids.includes(id())) void load()
    },
    () => void load(),
  )
  return (
    <div class="page">
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={card()} fallback={<Loading when={trouble() === null} />}>
        {(person) => (
          <div class="person-page">
            <PersonCard person={withCase(person(), shownCase())} onChanged={() => void load()} />
            <Show when={may('verifications.start')}>
              {/* Another person is another card: nothing of the one before stays. */}
              <Show when={person().id} keyed>
                <SendLink person={person()} onCase={setShownCase} />
              </Show>
            </Show>
          </div>
        )}
      </Show>
    </div>
  )
}
