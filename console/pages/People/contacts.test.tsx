import { describe, expect, it } from 'vitest'
import { screen } from '@solidjs/testing-library'
import { personCard, sendOptions } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './PersonPage.tsx'

const personPath = `/people/${personCard.id}`

describe('contacts that read alike', () => {
  it('are told apart where they are chosen: by what they are, where they come from, and their age', async () => {
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
