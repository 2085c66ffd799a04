import { describe, expect, it } from 'vitest'
import { screen, within } from '@solidjs/testing-library'
import { personCard, sendOptions } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './PersonPage.tsx'

const personPath = `/people/${personCard.id}`

describe('contacts that read alike', () => {
  it('show their kind, source and age where they are chosen, so that an agent can choose between them', async () => {
    const [first] = sendOptions.options
    if (first === undefined) throw new Error('the fixture has an option')
    const alike = { ...first, contactId: 'x', label: 'work', lineType: 'fixed_line', source: 'directory' }
    const named = { ...alike, contactId: 'y', source: 'corp' }
    await mountConsole(personPath, {
      answers: { 'console.sendOptions': () => ({ ...sendOptions, options: [first, alike, named] }) },
    })
    const choices = await screen.findAllByRole('radio', { name: /••• 42/ })
    const names = choices.map((choice) => choice.closest('label')?.textContent ?? '')
    expect(names[0]).toMatch(/••• 42 · mobile.*from HR, changed/)
    expect(names[1]).toMatch(/••• 42 · work, landline.*from the directory, changed/)
    expect(names[2]).toMatch(/from the directory corp, changed/)
    expect(screen.getByRole('status').textContent).toContain('SMS to ••• 42 (mobile) is allowed.')
  })
})

describe('E1: a contact that does not open', () => {
  it('is shown as such on the card, in full to nobody, and cannot be chosen', async () => {
    const [broken, ...others] = personCard.contacts
    const [first, ...rest] = sendOptions.options
    if (broken === undefined || first === undefined) throw new Error('the fixtures have contacts')
    const reasons = [{ key: 'send.unreadable', slots: { contact: first.masked } }]
    await mountConsole(personPath, {
      role: 'supervisor',
      answers: {
        'console.personCard': () => ({
          ...personCard,
          contacts: [{ ...broken, isReadable: false }, ...others],
        }),
        'console.sendOptions': () => ({
          ...sendOptions,
          options: [{ ...first, allowed: false, reasons }, ...rest],
        }),
      },
    })
    const shown = (await screen.findByText('does not open')).closest('li')
    expect(shown?.textContent).toContain(broken.masked)
    expect(shown === null ? [] : within(shown).queryAllByRole('button', { name: /Show/ })).toEqual([])
    expect(screen.getAllByRole('button', { name: /^Show: / })).toHaveLength(others.length)
    const choice = await screen.findByRole('radio', {
      name: /It does not open, so nothing can be sent there/,
    })
    expect((choice as HTMLInputElement).disabled).toBe(true)
  })
})
