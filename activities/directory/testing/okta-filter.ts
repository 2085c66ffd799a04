/** The part of Okta's filter language that is documented for users and used by us; anything else is refused as Okta would. */

type Value = Readonly<Record<string, unknown>>

const tokens = /\s*(\(|\)|"(?:[^"\\]|\\.)*"|[^\s()"]+)/gy

/** True if a user matches. @throws for what is no filter */
export const matches = (text: string, user: Value): boolean => {
  const found = [...text.matchAll(tokens)].map(([, token = '']) => token)
  if (found.join('').length !== text.replace(/\s+(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '').length)
    throw new Error('filter')
  let at = 0
  const take = (): string => {
    const token = found[at]
    if (token === undefined) throw new Error('filter')
    at += 1
    return token
  }
  const comparison = (): boolean => {
    if (found[at] === '(') {
      take()
      const inner = either()
      if (take() !== ')') throw new Error('filter')
      return inner
    }
    return compare(fieldOf(user, take()), take(), JSON.parse(take()) as string)
  }
  const both = (): boolean => {
    let all = comparison()
    while (found[at] === 'and') {
      take()
      all = comparison() && all
    }
    return all
  }
  const either = (): boolean => {
    let any = both()
    while (found[at] === 'or') {
      take()
      any = both() || any
    }
    return any
  }
  const answer = either()
  if (at !== found.length) throw new Error('filter')
  return answer
}

const fieldOf = (user: Value, name: string): string => {
  const [head = '', tail] = name.split('.')
  const value = tail === undefined ? user[head] : (user[head] as Value | undefined)?.[tail]
  return typeof value === 'string' ? value : ''
}

const compare = (value: string, operator: string, wanted: string): boolean => {
  if (operator === 'eq') return value.toLowerCase() === wanted.toLowerCase()
  if (operator === 'co') return value.toLowerCase().includes(wanted.toLowerCase())
  if (operator === 'gt') return value > wanted
  throw new Error('filter')
}
