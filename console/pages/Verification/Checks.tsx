import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js'
import type { Check } from '#api/contract/console-score.ts'
import type { Evidence, VerificationPanel as Panel } from '#api/contract/console-verifications.ts'
import { call, faultOf } from '../../api.ts'
import { useCopy } from '../../copy/index.ts'
import { useFormat } from '../../lib/format.ts'
import { useMay } from '../../session.tsx'
import type { Fault } from '../../copy/sentences.ts'

const order: readonly Check['status'][] = [
  'critical',
  'flag',
  'error',
  'unknown',
  'info',
  'pass',
  'not_applicable',
]
const marks: Readonly<Record<Check['status'], string>> = {
  critical: '▲',
  flag: '■',
  error: '!',
  unknown: '?',
  info: '·',
  pass: '●',
  not_applicable: '–',
}

/** The day of a data file. Facts of the case itself are as old as the case, so they show no day. */
const dayOf = (asOf: string | null): string | null => (asOf !== null && asOf.length === 10 ? asOf : null)

/** Every check with what it saw, what can be done about it, and where the data come from; those in shadow apart. */
export const Checks = (props: { panel: Panel; checks: readonly Check[] }) => {
  const copy = useCopy()
  const may = useMay()
  const [all, setAll] = createSignal(false)
  const [opened, setOpened] = createSignal<Evidence | null>(null)
  const [trouble, setTrouble] = createSignal<Fault | null>(null)
  // The opened evidence belongs to one judgement of one case: none of it stays beside another. Until then it stays
  // open, however often the case is fetched again, so that one opening is recorded once.
  const judgement = createMemo(() => `${props.panel.row.id} ${props.panel.progress.scoredAt ?? ''}`)
  createEffect(on(judgement, () => setOpened(null), { defer: true }))
  const inMode = (mode: Check['mode']) =>
    props.checks
      .filter((check) => check.mode === mode)
      .sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
  const sorted = () => inMode('live')
  const shown = () =>
    sorted().filter(
      (check) => all() || !['not_applicable', 'pass'].includes(check.status) || check.applied !== 0,
    )
  const hidden = () => props.checks.reduce((sum, check) => sum + check.hiddenEvidence, 0)
  // One check may give several results (answers, contacts), each in a group of its own; their order here is another one.
  const evidenceOf = (check: Check) => {
    const entry = opened()?.checks.find(({ code, group }) => code === check.code && group === check.group)
    return entry?.evidence ?? check.evidence
  }
  const open = async () => {
    try {
      setOpened(await call('console.evidence', { params: { verificationId: props.panel.row.id } }))
      setTrouble(null)
    } catch (error) {
      setTrouble(faultOf(error))
    }
  }
  return (
    <section aria-label={copy().panel.checks}>
      <h3>
        {copy().panel.checks}{' '}
        <span class="count">{copy().panel.shownOf(shown().length, sorted().length)}</span>
      </h3>
      <Show when={shown().length === 0}>
        <p class="muted">{copy().panel.nothingMatters}</p>
      </Show>
      <ul class="checks">
        <For each={shown()}>{(check) => <CheckItem check={check} evidence={evidenceOf(check)} />}</For>
      </ul>
      <InShadow checks={inMode('shadow')} evidenceOf={evidenceOf} />
      <div class="tools no-print">
        <button type="button" class="quiet" aria-expanded={all()} onClick={() => setAll(!all())}>
          {all() ? copy().panel.fewerChecks : copy().panel.allChecks(sorted().length)}
        </button>
        <Show when={may('evidence.read_restricted') && hidden() > 0 && opened() === null}>
          <button type="button" class="quiet" onClick={() => void open()}>
            {copy().panel.openEvidence}
          </button>
        </Show>
      </div>
      <Show when={trouble()}>{(fault) => <p class="error">{copy().problem(fault())}</p>}</Show>
    </section>
  )
}

type EvidenceOf = (check: Check) => Check['evidence']

/** Checks that count nothing, folded: they are for the admins who decide whether they should. */
const InShadow = (props: { checks: readonly Check[]; evidenceOf: EvidenceOf }) => {
  const copy = useCopy()
  return (
    <Show when={props.checks.length > 0}>
      <details class="no-print">
        <summary>{copy().panel.inShadow(props.checks.length)}</summary>
        <ul class="checks">
          <For each={props.checks}>
            {(check) => <CheckItem check={check} evidence={props.evidenceOf(check)} />}
          </For>
        </ul>
      </details>
    </Show>
  )
}

const CheckItem = (props: { check: Check; evidence: Check['evidence'] }) => {
  const copy = useCopy()
  const format = useFormat()
  const signed = (size: number) => `${size > 0 ? '+' : ''}${format.tenths(size)}`
  return (
    <li class={props.check.status}>
      <span class="mark" aria-hidden="true">
        {marks[props.check.status]}
      </span>
      <div class="break">
        <p>
          <strong>{copy().checkName(props.check.code)}.</strong> {copy().sentence(props.check.text)}{' '}
          <Show when={props.check.mode === 'shadow'}>
            <span class="tag">{copy().panel.shadow}</span>
          </Show>
        </p>
        <p class="muted small">
          <code>{props.check.code}</code> · {copy().checkStatus[props.check.status]}
          <Show when={props.check.mode === 'shadow' && props.check.weight !== 0}>
            {' '}
            · {copy().panel.wouldWeigh(signed(props.check.weight))}
          </Show>
          <Show when={props.check.applied !== 0}> · {signed(props.check.applied)} dB</Show>
          <Show when={dayOf(props.check.source.asOf)}>
            {(asOf) => <> · {copy().panel.dataOf(props.check.source.name, format.date(asOf()))}</>}
          </Show>
        </p>
        <For each={props.evidence}>
          {(evidence) => (
            <p class="small">
              {copy().evidence(evidence.label)}: {copy().evidenceValue(evidence.value)}
            </p>
          )}
        </For>
        <Show when={props.check.remedy}>
          {(remedy) => <p class="small">→ {copy().sentence(remedy())}</p>}
        </Show>
      </div>
    </li>
  )
}
