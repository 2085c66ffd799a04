import { describe, expect, it } from 'vitest'
import { de } from '#console/copy/de/index.ts'
import { en } from '#console/copy/en/index.ts'
import { roles } from '#domain/roles.ts'
import { instructionFor } from './instruction.ts'

describe('what is to be done next', () => {
  it('tells nobody to pass a case to themselves', () => {
    const keys = roles.map((role) => instructionFor('supervisor', role)?.key)
    expect(keys).toEqual(
      roles.map((role) => (role === 'supervisor' ? 'instruction.yours' : 'instruction.supervisor')),
    )
    expect(instructionFor('second_approval', 'supervisor')?.key).toBe('instruction.second_approval')
    expect(instructionFor(null, 'supervisor')).toBeNull()
  })

  it('has words in both languages', () => {
    const said = [en, de].map((copy) => copy.sentence({ key: 'instruction.yours', slots: {} }))
    expect(new Set(said).size).toBe(2)
    for (const words of said) expect(words).not.toContain('instruction')
  })
})
