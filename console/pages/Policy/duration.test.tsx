import { describe, expect, it } from 'vitest'
import { screen, within } from '@solidjs/testing-library'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { de } from '../../copy/de/index.ts'
import { en } from '../../copy/en/index.ts'
import { mountConsole } from '../../testing/mount.tsx'
import { policyPage, proposal } from '../../testing/policy.ts'
import { valueOf } from './words.ts'
// Compiled before a test waits for it.
import './index.tsx'

const answers = {
  'console.policy': () => policyPage,
  'console.previewPolicy': () => ({ changes: proposal.changes, weakened: proposal.weakened }),
}
const edit = async () => {
  const mounted = await mountConsole('/policy', { role: 'admin', answers })
  await mounted.user.click(await screen.findByRole('button', { name: 'Edit policy' }))
  const label = 'MFA reset, Standard: Waiting time with veto'
  const number = await screen.findByRole<HTMLInputElement>('spinbutton', { name: label })
  const unit = screen.getByRole<HTMLSelectElement>('combobox', { name: `${label}, unit` })
  const saved = async (): Promise<unknown> => {
    const [review] = screen.getAllByRole('button', { name: 'Review change' })
    if (review) await mounted.user.click(review)
    await screen.findByRole('group', { name: 'What changes' })
    const sent = mounted.callsTo('console.previewPolicy').at(-1)?.body
    return (sent as { policy: typeof policyPage.policy }).policy.rules.mfa_reset.standard.waitSeconds
  }
  return { ...mounted, number, unit, saved }
}

describe('F3: the waiting time of a rule', () => {
  it('is typed in minutes, hours or days, and goes to the server in seconds', async () => {
    const { user, number, unit, saved } = await edit()
    expect(
      within(unit)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['minutes', 'hours', 'days'])
    await user.selectOptions(unit, 'hours')
    await user.clear(number)
    await user.type(number, '2')
    await user.tab()
    expect(await saved()).toBe(7200)
  })

  it('keeps the number where another unit is chosen, and shows what it means', async () => {
    const { user, number, unit, saved } = await edit()
    await user.selectOptions(unit, 'minutes')
    await user.clear(number)
    await user.type(number, '3')
    await user.tab()
    await user.selectOptions(unit, 'days')
    expect([number.value, unit.value]).toEqual(['3', 'days'])
    expect(await saved()).toBe(259_200)
  })

  it('takes an empty field and a minus for no change', async () => {
    const { user, number, unit, saved } = await edit()
    await user.selectOptions(unit, 'hours')
    for (const typed of ['1', '-2', '']) {
      await user.clear(number)
      if (typed !== '') await user.type(number, typed)
      await user.tab()
    }
    expect(await saved()).toBe(3600)
  })

  it('is read in words in both languages', () => {
    const path = 'rules.mfa_reset.standard.waitSeconds'
    expect(defaultPolicy().rules.mfa_reset.standard.waitSeconds).toBe(0)
    expect([0, 5400, 7200, 172_800].map((seconds) => valueOf(en, path, seconds))).toEqual([
      'none',
      '90 minutes',
      '2 hours',
      '2 days',
    ])
    expect([0, 7200].map((seconds) => valueOf(de, path, seconds))).toEqual(['keine', '2 Stunden'])
  })
})
