import type { Tx } from '#platform/database/transaction.ts'
import { Label } from './models.ts'

/** What a member of staff says afterwards about a case. */
export type NewLabel = Readonly<Pick<Label, 'id' | 'verificationId' | 'label' | 'reason' | 'byId' | 'byName'>>

/** Stores a label; the same id again changes nothing. False: it is stored already. */
export const addLabel = (tx: Tx, label: NewLabel): Promise<boolean> => Label.add(tx, label)
