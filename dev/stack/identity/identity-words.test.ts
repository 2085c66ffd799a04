import { describe, expect, it } from 'vitest'
import { describeAccounts } from '../demo/demo.ts'
import { identityWords } from './identity-words.ts'

const staff = (role: string) => ({ organisation: 'northwind', login: `ada.${role}`, name: 'Ada', role })
const demo = {
  status: 'seeded' as const,
  lacksOpenCases: false,
  staff: [staff('agent'), staff('supervisor'), staff('admin'), staff('auditor')],
  managers: [{ organisation: 'northwind', login: 'bo.manager', name: 'Bo' }],
  authenticators: [],
  employeePassword: 'lantern',
}

describe('the demo accounts, as the sign-in page lists them', () => {
  it('are named by their roles in each language', () => {
    expect(describeAccounts(demo)).toEqual([
      'northwind: agent ada.agent, supervisor ada.supervisor, admin ada.admin, auditor ada.auditor, manager bo.manager',
      'password of everybody: lantern',
    ])
    expect(describeAccounts(demo, identityWords('de-CH,en;q=0.3'))).toEqual([
      'northwind: Agent ada.agent, Aufsicht ada.supervisor, Administration ada.admin, Revision ada.auditor, Führungskraft bo.manager',
      'Passwort für alle: lantern',
    ])
  })

  it('are in English for a browser that names no language of ours', () => {
    expect([undefined, '', 'fr', 'en,de'].map((accepted) => identityWords(accepted).language)).toEqual([
      'en',
      'en',
      'en',
      'en',
    ])
  })
})
