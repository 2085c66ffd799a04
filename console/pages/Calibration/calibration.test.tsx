import { describe, expect, it } from 'vitest'
import { screen, waitFor, within } from '@solidjs/testing-library'
import { de } from '../../copy/de/index.ts'
import { speak } from '../../copy/index.ts'
import type { Answers } from '../../testing/answers.ts'
import { calibrationReport as report } from '../../testing/calibration.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { closedPanel } from '../../testing/panels.ts'
import { policyPage } from '../../testing/policy.ts'
// Compiled before a test waits for it.
import './index.tsx'
import '../Policy/index.tsx'
import '../Verification/index.tsx'

const answers: Answers = {
  'console.calibration': () => report,
  'console.policy': () => policyPage,
  'console.decideCohort': () => ({ done: true }),
  'console.previewPolicy': () => ({ changes: [], weakened: [] }),
}
const page = '/reports/calibration'

describe('the calibration report', () => {
  it('is in the rail of admins and auditors, and of nobody else', async () => {
    for (const [role, count] of [
      ['admin', 1],
      ['auditor', 1],
      ['supervisor', 0],
      ['agent', 0],
    ] as const) {
      const { unmount } = await mountConsole('/verifications', { role, answers })
      await screen.findByRole('link', { name: 'Verifications' })
      expect(screen.queryAllByRole('link', { name: 'Calibration' })).toHaveLength(count)
      unmount()
    }
  })

  it('says where labels come from, what is proposed, what fires often and who is suspected more often', async () => {
    await mountConsole(page, { role: 'auditor', answers })
    const labels = await screen.findByRole('region', { name: 'What is known of these cases?' })
    expect(within(labels).getByRole('row', { name: /undisputed for 30 days 150 0/ })).toBeTruthy()
    expect(within(labels).getByText(/Not passed: 60, of which 60 have a label/)).toBeTruthy()
    const weights = screen.getByRole('region', { name: 'Weights' })
    expect(within(weights).getByRole('row', { name: /-6\.0 dB .* 2 \/ 60 -9\.0 dB/ })).toBeTruthy()
    const alarms = screen.getByRole('region', { name: 'Alarms on genuine people' })
    expect(within(alarms).getByText('as information only, until explained')).toBeTruthy()
    const cohorts = screen.getByRole('region', { name: /suspected more often/ })
    expect(within(cohorts).getByRole('row', { name: /phone or tablet .* uneven: decide/ })).toBeTruthy()
    // An auditor changes nothing.
    expect(screen.queryByRole('button', { name: /Open as a draft/ })).toBeNull()
    expect(screen.queryByText('Decide')).toBeNull()
  })

  it('shows a proposal of no weight at all as the number that it is', async () => {
    const checks = report.checks.map((check) => ({
      ...check,
      weights: check.weights.map((weight) => ({ ...weight, state: 'proposed' as const, proposed: 0 })),
    }))
    await mountConsole(page, {
      role: 'admin',
      answers: { ...answers, 'console.calibration': () => ({ ...report, checks }) },
    })
    const weights = await screen.findByRole('region', { name: 'Weights' })
    expect(within(weights).getByRole('row', { name: /2 \/ 60 0\.0 dB/ })).toBeTruthy()
  })

  it('hands its proposals to the policy’s editor as a draft, and saves nothing', async () => {
    const { user, callsTo } = await mountConsole(page, { role: 'admin', answers })
    await user.click(await screen.findByRole('button', { name: 'Open as a draft in the policy editor' }))
    await waitFor(() =>
      expect(callsTo('console.previewPolicy').at(-1)?.body).toMatchObject({
        policy: { version: 4, score: { checks: { NET_HOSTING_ASN: { weights: { listed: -9 } } } } },
      }),
    )
    expect(callsTo('console.savePolicy')).toHaveLength(0)
  })

  it('does not hand over what was made against another version', async () => {
    const { user, callsTo } = await mountConsole(page, {
      role: 'admin',
      answers: {
        ...answers,
        'console.policy': () => ({ ...policyPage, policy: { ...policyPage.policy, version: 5 } }),
      },
    })
    await user.click(await screen.findByRole('button', { name: 'Open as a draft in the policy editor' }))
    expect((await screen.findByRole('alert')).textContent).toContain('has changed since this report')
    expect(callsTo('console.previewPolicy')).toHaveLength(0)
  })

  it('puts a decision on an uneven group on record, with its reason', async () => {
    const { user, callsTo } = await mountConsole(page, { role: 'admin', answers })
    const row = await screen.findByRole('row', { name: /phone or tablet/ })
    await user.click(within(row).getByText('Decide'))
    await user.type(within(row).getByRole('textbox'), 'Carriers share addresses.')
    await user.click(within(row).getByRole('button', { name: 'Put on record' }))
    await waitFor(() =>
      expect(callsTo('console.decideCohort')[0]?.body).toEqual({
        dimension: 'device',
        value: 'mobile',
        reason: 'Carriers share addresses.',
      }),
    )
  })

  it('says that there is too little, in words', async () => {
    const empty = { ...report, cases: 0, window: { ...report.window, from: null, to: null } }
    await mountConsole(page, { role: 'admin', answers: { ...answers, 'console.calibration': () => empty } })
    expect(await screen.findByText(/No verification was scored in this period/)).toBeTruthy()
  })

  it('speaks German', async () => {
    await mountConsole(page, { role: 'auditor', answers })
    await speak('de')
    expect(await screen.findByRole('region', { name: de.calibration.alarms.title })).toBeTruthy()
    expect(screen.getByText(de.calibration.cohorts.values['mobile'] ?? '')).toBeTruthy()
  })
})

describe('an exercise', () => {
  it('is marked on a closed case with a reason', async () => {
    const panel = {
      ...closedPanel,
      actions: { ...closedPanel.actions, exercise: { allowed: true as const, reason: null } },
    }
    const { user, callsTo } = await mountConsole(`/verifications/${panel.row.id}`, {
      role: 'admin',
      answers: { 'console.verification': () => panel, 'console.exercise': () => ({ done: true }) },
    })
    const [summary] = await screen.findAllByText('Mark as an exercise')
    if (summary === undefined) throw new Error('no mark')
    await user.click(summary)
    await user.type(screen.getByRole('textbox', { name: 'Reason' }), 'Red-team round.')
    await user.click(screen.getByRole('button', { name: 'Mark as an exercise' }))
    await waitFor(() =>
      expect(callsTo('console.exercise')[0]?.body).toEqual({ isExercise: true, reason: 'Red-team round.' }),
    )
  })
})
