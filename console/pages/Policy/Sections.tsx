import { For } from 'solid-js'
import type { Policy } from '#api/contract/console-policy.ts'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { demands } from '#domain/risk/settings.ts'
import { questionFamilies } from '#domain/questions/plan.ts'
import { purposes, tiers } from '#domain/verification/verification.ts'
import { useCopy } from '../../copy/index.ts'
import { Checks } from './Checks.tsx'
import { Cell, keysOf, Section, type SectionName, type Shown } from './Section.tsx'
import type { Value } from './draft.ts'
import { labelOf } from './words.ts'

const ruleFields = [
  'classesRequired',
  'classesNeeded',
  'minAnswered',
  'maxAsked',
  'deciders',
  'holdForSecondApproval',
  'asksApprover',
  'asksProviderSignIn',
  'asksPush',
  'asksRecoverySheet',
  'twoKindsWhenNew',
  'twoKindsForOwnMailbox',
  'channels',
  'waitSeconds',
] as const

/** The rules by purpose and tier. */
export const Rules = (props: Shown) => {
  const copy = useCopy()
  return (
    <Section name="rules">
      <div class="scroll-x" role="group" aria-label={copy().policy.sections.rules} tabindex="0">
        <table class="policy-table">
          <thead>
            <tr>
              <th scope="col">{copy().policy.purpose}</th>
              <th scope="col">{copy().policy.tier}</th>
              <For each={ruleFields}>{(field) => <th scope="col">{copy().policy.fields[field]}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={purposes.flatMap((purpose) => tiers.map((tier) => ({ purpose, tier })))}>
              {({ purpose, tier }) => (
                <tr>
                  <th scope="row">{copy().purposes[purpose]}</th>
                  <td>{copy().tiers[tier]}</td>
                  <For each={ruleFields}>
                    {(field) => (
                      <td>
                        <Cell
                          {...props}
                          path={`rules.${purpose}.${tier}.${field}`}
                          value={props.policy.rules[purpose][tier][field]}
                        />
                      </td>
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </Section>
  )
}

type Row = { readonly path: string; readonly value: Value }

/** The database keeps no order of keys; this is the one they were thought out in. */
const inOrder = defaultPolicy()

const rowsOf = (policy: Policy, name: Exclude<SectionName, 'rules' | 'checks'>): readonly Row[] => {
  if (name === 'thresholds') {
    const { moreEvidenceFrom, escalateFrom, bands } = policy.score
    return [
      { path: 'score.moreEvidenceFrom', value: moreEvidenceFrom },
      { path: 'score.escalateFrom', value: escalateFrom },
      ...keysOf(inOrder.score.bands).map((band) => ({ path: `score.bands.${band}`, value: bands[band] })),
    ]
  }
  if (name === 'onlyRecorded')
    return demands.map((demand) => ({
      path: `score.onlyRecorded.${demand}`,
      value: policy.score.onlyRecorded?.[demand] ?? false,
    }))
  if (name === 'questions') {
    const { families, ...rest } = policy.questions
    const { families: _families, ...named } = inOrder.questions
    return [
      ...keysOf(named).map((key) => ({ path: `questions.${key}`, value: rest[key] })),
      ...questionFamilies.map((family) => ({
        path: `questions.families.${family}`,
        value: families[family],
      })),
    ]
  }
  const section: Readonly<Record<string, Value>> = policy[name]
  return Object.keys(inOrder[name]).map((key) => ({ path: `${name}.${key}`, value: section[key] ?? '' }))
}

/** A section with its fields one below the other. */
export const Fields = (props: Shown & { name: Exclude<SectionName, 'rules' | 'checks'> }) => {
  const copy = useCopy()
  const paths = () => rowsOf(props.policy, props.name).map(({ path }) => path)
  const valueAt = (path: string): Value =>
    rowsOf(props.policy, props.name).find((row) => row.path === path)?.value ?? ''
  return (
    <Section name={props.name}>
      <dl class="policy-fields">
        <For each={paths()}>
          {(path) => (
            <div>
              <dt>{labelOf(copy(), path)}</dt>
              <dd>
                <Cell {...props} path={path} value={valueAt(path)} />
              </dd>
            </div>
          )}
        </For>
      </dl>
    </Section>
  )
}

/** The whole policy, read or edited. */
export const Sections = (props: Shown) => (
  <>
    <Rules {...props} />
    <Fields {...props} name="thresholds" />
    <Fields {...props} name="onlyRecorded" />
    <Fields {...props} name="questions" />
    <Fields {...props} name="contacts" />
    <Fields {...props} name="limits" />
    <Fields {...props} name="lifetimes" />
    <Fields {...props} name="reports" />
    <Fields {...props} name="signIn" />
    <Checks {...props} />
  </>
)
