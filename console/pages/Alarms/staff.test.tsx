import { expect, it } from 'vitest'
import { screen, within } from '@solidjs/testing-library'
import type { Alarms } from '#api/contract/console-alarms.ts'
import { idOf, personCard } from '../../testing/fixtures.ts'
import { mountConsole } from '../../testing/mount.tsx'
// Compiled before a test waits for it.
import './index.tsx'

const at = '2026-05-04T09:30:00.000Z'
const alarms: Alarms = {
  reports: [],
  duress: null,
  impersonations: [
    { id: idOf(953), staffName: 'Alex Agent', act: 'cancel', verificationId: idOf(954), at },
    { id: idOf(955), staffName: '', act: 'start', verificationId: idOf(956), at },
  ],
  limits: [
    { id: idOf(950), staffName: 'Nosy Nolan', isSystem: false, kind: 'look_up', at },
    { id: idOf(952), staffName: 'Ticket bot', isSystem: true, kind: 'start', at },
  ],
  sessions: [
    { id: idOf(958), staffName: 'Alex Agent', isEnded: false, at },
    { id: idOf(959), staffName: 'Sam Super', isEnded: true, at },
  ],
  unreadable: [
    {
      ...{ id: idOf(957), personId: personCard.id, personName: 'Ada Lindt', contactMasked: '••• 77', at },
    },
  ],
  reveals: [
    {
      ...{ id: idOf(951), personId: personCard.id, personName: 'Ada Lindt', contactMasked: '••• 42' },
      ...{ staffName: 'Alex Agent', reason: 'The line is bad', at },
    },
  ],
}

it('D8, D10, E1, F4, T11: those who watch see who reached a limit, who was named without their doing, whose session was used elsewhere, what does not open, and every contact that was shown in full with its reason', async () => {
  await mountConsole('/alarms', { role: 'supervisor', answers: { 'console.alarms': () => alarms } })
  const limits = within(await screen.findByRole('region', { name: 'Limits reached' }))
  expect(limits.getByRole('row', { name: /Nosy Nolan.*looked at many people/ })).toBeTruthy()
  expect(limits.getByRole('row', { name: /Ticket bot system.*started many verifications/ })).toBeTruthy()
  const refused = within(screen.getByRole('region', { name: 'Refused messages in the name of staff' }))
  expect(refused.getByRole('row', { name: /Alex Agent.*cancel/ })).toBeTruthy()
  expect(refused.getByRole('row', { name: /nobody of the staff.*start a verification/ })).toBeTruthy()
  const moved = within(screen.getByRole('region', { name: 'Sessions used elsewhere' }))
  expect(moved.getByRole('row', { name: /Alex Agent.*went on/ })).toBeTruthy()
  expect(moved.getByRole('row', { name: /Sam Super.*ended/ })).toBeTruthy()
  const unreadable = within(screen.getByRole('region', { name: 'Contacts that do not open' }))
  expect(unreadable.getByRole('row', { name: /Ada Lindt.*••• 77/ })).toBeTruthy()
  const reveals = within(screen.getByRole('region', { name: 'Contacts shown in full' }))
  expect(reveals.getByRole('row', { name: /Alex Agent.*Ada Lindt.*••• 42.*The line is bad/ })).toBeTruthy()
  expect(screen.getAllByText('Nothing of this kind happened in the last 30 days.')).toHaveLength(1)
})
