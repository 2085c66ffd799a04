import { capabilityOf, writeMethods, type Capability, type Directory } from './port.ts'

type Optional = keyof typeof capabilityOf

/** An adapter brings the three methods that none can do without, and whatever else its directory offers. */
export type Adapter = Pick<Directory, 'find' | 'setPassword' | 'readBack'> &
  Partial<Pick<Directory, Optional>> & {
    /** True if a new password can come with the duty to change it. */
    readonly canForceChange: boolean
  }

const notOffered = { kind: 'not_offered' } as const

const writesNotOffered = Object.fromEntries(
  writeMethods.map((name) => [name, () => Promise.resolve(notOffered)]),
) as unknown as Pick<Directory, (typeof writeMethods)[number]>

/** A whole directory of what an adapter brings: the rest says `not_offered`, and `offers` cannot differ from what is there. */
export const completeDirectory = ({ canForceChange, ...given }: Adapter): Directory => ({
  search: () => Promise.resolve('not_offered'),
  refresh: () => Promise.resolve('not_offered'),
  sync: () => 'not_offered',
  signIns: () => 'not_offered',
  privilegeOf: () => Promise.resolve(notOffered),
  listPrivileged: () => Promise.resolve('not_offered'),
  checkSelf: () => Promise.resolve(notOffered),
  ...writesNotOffered,
  endSessions: () => Promise.resolve('not_offered'),
  clearLockout: () => Promise.resolve('not_offered'),
  ...given,
  setPassword: (write, password, options) =>
    options.mustChange && !canForceChange
      ? Promise.resolve(notOffered)
      : given.setPassword(write, password, options),
  offers: new Set<Capability>([
    ...(Object.keys(given) as (keyof typeof given)[]).flatMap((name) =>
      name in capabilityOf ? [capabilityOf[name as Optional]] : [],
    ),
    ...(canForceChange ? (['must_change'] as const) : []),
  ]),
})
