import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { legalMoves } from '#domain/verification/state.ts'
import { stateDiagram } from './state-diagram.ts'

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

it('state.mermaid is what the table of legal moves says (npm run docs:write writes it)', async () => {
  await expect(stateDiagram()).toMatchFileSnapshot('../../../domain/verification/state.mermaid')
})

it('docs/architecture.md shows the same picture', () => {
  const [, shown] = /```mermaid\n([^]*?)```/.exec(read('docs/architecture.md')) ?? []
  expect(shown).toBe(read('domain/verification/state.mermaid'))
})

it('every open state can be ended in each of the ways that the note names', () => {
  for (const [state, moves] of Object.entries(legalMoves))
    if (state !== 'closed')
      expect(moves, state).toMatchObject({ cancel: 'closed', expire: 'closed', report: 'closed' })
})
