import { createSignal, Show } from 'solid-js'
import type { PersonCard } from '#api/contract/console.ts'
import { Dialog } from '#platform/ui/Dialog.tsx'
import { call } from '../../api.ts'
import { Reasoned } from '../../components/Reasoned.tsx'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useMay } from '../../session.tsx'

/** The participant's printed sheet with its age and the codes that are left; an agent may void it. Nobody sees a code. */
export const Sheet = (props: { person: PersonCard; onVoided: () => void }) => {
  const copy = useCopy()
  const may = useMay()
  const [isAsking, setAsking] = createSignal(false)
  return (
    <Show when={props.person.sheet}>
      {(sheet) => (
        <section>
          <h2>{copy().security.sheet}</h2>
          <p>
            {copy().security.sheetStates[sheet().state]}
            <Show when={sheet().state === 'resting'}>
              {' '}
              <Moment at={sheet().countsFrom} />
            </Show>{' '}
            <span class="muted small">
              {copy().security.codesLeft(sheet().codesLeft)} · {copy().security.sheetMade}{' '}
              <Moment at={sheet().madeAt} />
            </span>{' '}
            <Show when={may('sheets.void')}>
              <button type="button" class="small" onClick={() => setAsking(true)}>
                {copy().security.voidSheet}
              </button>
            </Show>
          </p>
          <Show when={isAsking()}>
            <Dialog title={copy().security.voidSheetTitle} onClose={() => setAsking(false)}>
              <Reasoned
                label={copy().confirm.reason}
                actions={[
                  {
                    word: copy().security.voidSheet,
                    isMain: true,
                    act: (reason) => {
                      const params = { personId: props.person.id, sheetId: sheet().id }
                      return call('console.voidSheet', { params, body: { reason } })
                    },
                  },
                ]}
                onBack={() => setAsking(false)}
                onDone={() => {
                  setAsking(false)
                  props.onVoided()
                }}
              >
                <p>{copy().security.voidSheetStory}</p>
              </Reasoned>
            </Dialog>
          </Show>
        </section>
      )}
    </Show>
  )
}
