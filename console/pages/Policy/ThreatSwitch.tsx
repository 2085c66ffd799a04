import { createSignal, Show } from 'solid-js'
import type { Threat } from '#api/contract/console-policy.ts'
import { call, faultOf, newKey } from '../../api.ts'
import { Moment } from '../../components/Time.tsx'
import { useCopy } from '../../copy/index.ts'
import { useMay, useSession } from '../../session.tsx'
import { Reasoned } from '../../components/Reasoned.tsx'
import type { Fault } from '../../copy/sentences.ts'

/** The elevated threat: one person turns it on, two together off. */
export const ThreatSwitch = (props: { threat: Threat | null; onDone: () => void }) => {
  const copy = useCopy()
  const may = useMay()
  const words = () => copy().policy.threat
  return (
    <section class="card policy-section" aria-labelledby="policy-threat">
      <h2 id="policy-threat">{words().title}</h2>
      <Show
        when={props.threat}
        fallback={
          <>
            <p>{words().off}</p>
            <Show when={may('threat.switch')}>
              <Reasoned
                label={words().reason}
                isOptional
                actions={[
                  {
                    word: words().raise,
                    act: (reason, key) =>
                      call(
                        'console.raiseThreat',
                        { body: { reason: reason === '' ? null : reason } },
                        { key },
                      ),
                  },
                ]}
                onDone={() => props.onDone()}
              />
            </Show>
          </>
        }
      >
        {(threat) => <Raised threat={threat()} onDone={() => props.onDone()} />}
      </Show>
    </section>
  )
}

const Raised = (props: { threat: Threat; onDone: () => void }) => {
  const copy = useCopy()
  const session = useSession()
  const may = useMay()
  const words = () => copy().policy.threat
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const asked = () => props.threat.loweringAskedBy
  const mayLower = () => may('threat.switch') && asked()?.id !== session().staff.id
  const lower = async () => {
    try {
      await call('console.lowerThreat', { body: {} }, { key: newKey() })
      props.onDone()
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  return (
    <>
      <p class="notice high">{words().on}</p>
      <p>
        {words().raisedBy(props.threat.raisedBy.name)}, <Moment at={props.threat.raisedAt} />
      </p>
      <Show when={props.threat.reason}>{(reason) => <p class="break">{reason()}</p>}</Show>
      <Show when={asked()}>{(person) => <p>{words().asked(person().name)}</p>}</Show>
      <Show when={mayLower()}>
        <div class="tools">
          <button type="button" onClick={() => void lower()}>
            {asked() === null ? words().lower : words().confirm}
          </button>
        </div>
      </Show>
      <Show when={trouble()}>
        {(fault) => (
          <p class="error" role="alert">
            {copy().problem(fault())}
          </p>
        )}
      </Show>
    </>
  )
}
