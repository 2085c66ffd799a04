import { legalMoves, states } from '#domain/verification/state.ts'

/** Moves that end a verification from anywhere; drawn once instead of from every state. */
const endings: readonly string[] = ['cancel', 'expire', 'report']

/** The life of a verification as a Mermaid diagram, drawn from the one table of legal moves. */
export function stateDiagram(): string {
  const lines = states.flatMap((from) => {
    const labels = new Map<string, string[]>()
    for (const [move, to] of Object.entries(legalMoves[from]))
      if (!endings.includes(move)) labels.set(to, [...(labels.get(to) ?? []), move])
    return [...labels].map(([to, moves]) => `  ${from} --> ${to}: ${moves.join(', ')}`)
  })
  return [
    'stateDiagram-v2',
    `  [*] --> ${states[0]}`,
    ...lines,
    '  closed --> [*]',
    `  note right of closed: ${endings.join(', ')} lead here from every open state`,
    '',
  ].join('\n')
}
