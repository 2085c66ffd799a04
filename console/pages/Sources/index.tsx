import { useSearchParams } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import type { ImportKind } from '#domain/questions/import-kinds.ts'
import { call } from '../../api.ts'
import { Loading } from '../../components/Loading.tsx'
import { Trouble } from '../../components/Trouble.tsx'
import { useCopy } from '../../copy/index.ts'
import { createLoaded } from '../../lib/loaded.ts'
import { useMay } from '../../session.tsx'
import { History } from './History.tsx'
import { Import } from './Import.tsx'
import { KnownTable } from './KnownTable.tsx'
import './sources.css'
import { Thin } from './Thin.tsx'
import { Upload } from './Upload.tsx'

/** Where facts come from: what is known, who is a thin file, and files that bring more. */
export const SourcesPage = () => {
  const copy = useCopy()
  const may = useMay()
  const [params, setParams] = useSearchParams<{ import?: string }>()
  const { page, trouble, load } = createLoaded(() => call('console.sources', {}))
  const [kind, setKind] = createSignal<ImportKind>('tickets')
  const open = (id: string | undefined) => setParams({ import: id })
  const choose = (wanted: ImportKind) => {
    setKind(wanted)
    document.querySelector<HTMLElement>('#sources-kind')?.focus()
  }
  return (
    <div class="page wide sources-stack">
      <Show when={trouble()}>{(fault) => <Trouble fault={fault()} onRetry={() => void load()} />}</Show>
      <Show when={page()} fallback={<Loading when={trouble() === null} />}>
        {(shown) => (
          <>
            <header class="page-head">
              <h1>
                {copy().sources.title}{' '}
                <span class="muted">| {copy().sources.people(shown().directory.people)}</span>
              </h1>
            </header>
            <Show when={params.import} keyed>
              {(id) => <Import id={id} onClose={() => open(undefined)} onDone={() => void load()} />}
            </Show>
            <Thin page={shown()} mayAsk={may('sources.import')} onAsked={() => void load()} />
            <KnownTable page={shown()} {...(may('sources.import') ? { onChoose: choose } : {})} />
            <Show when={may('sources.import')}>
              <Upload kind={kind()} onKind={setKind} onSent={(id) => open(id)} />
            </Show>
            <History imports={shown().imports} />
          </>
        )}
      </Show>
    </div>
  )
}
