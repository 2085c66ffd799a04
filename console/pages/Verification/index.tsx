import { useParams } from '@solidjs/router'
import { createEffect, createSignal, on, Show } from 'solid-js'
import type { VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { call, faultOf } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { useLive } from '../../lib/live.ts'
import { createNewest } from '../../lib/newest.ts'
import { VerificationPanel } from './VerificationPanel.tsx'
import type { Fault } from '../../copy/sentences.ts'

/** Loads one verification and keeps it live. */
export const VerificationPanelLoader = (props: {
  verificationId: string
  onClose?: () => void
  /** Told with every state that is shown. */
  onLoaded?: (panel: Panel) => void
}) => {
  const [panel, setPanel] = createSignal<Panel | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  const newest = createNewest<Panel>()
  const load = async () => {
    const params = { verificationId: props.verificationId }
    try {
      const loaded = await newest(() => call('console.verification', { params }))
      if (loaded === null) return
      setPanel(loaded.answer)
      props.onLoaded?.(loaded.answer)
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  createEffect(
    on(
      () => props.verificationId,
      () => void load(),
    ),
  )
  useLive(
    (ids) => {
      if (ids.includes(props.verificationId)) void load()
    },
    () => void load(),
  )
  return (
    <>
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={panel()} fallback={<Loading when={trouble() === null} />}>
        {(loaded) => (
          <VerificationPanel panel={loaded()} onClose={props.onClose} onChanged={() => void load()} />
        )}
      </Show>
    </>
  )
}

/** One verification as a page of its own. */
export const VerificationPage = () => {
  const params = useParams()
  const copy = useCopy()
  return (
    <div class="page narrow">
      <h1 class="sr">{copy().panel.label}</h1>
      <VerificationPanelLoader verificationId={params['verificationId'] ?? ''} />
    </div>
  )
}
