/** The port of an organisation's service for pushes to authenticators. Adapters know their protocol and nothing of cases. */
import type { SentPush } from '#services/pushes/pushes.ts'

/** A push that is wanted. */
export type PushOrder = {
  /** The account of the case's own person: no name that anybody typed. */
  readonly login: string
  /** Organisation, purpose and the two words of the case, for services that show a text with the push. */
  readonly text: string
}

/** The reason why nothing was sent: the account has no authenticator for pushes there, or the service does not allow it. */
export type NotSentReason = 'no_authenticator' | 'not_allowed'

/** The answer to an order. */
export type PushOrdered =
  ({ readonly kind: 'sent' } & SentPush) | { readonly kind: 'not_sent'; readonly reason: NotSentReason }

/** A push that was sent. */
export type PushUnderWay = Pick<PushOrder, 'login'> & Pick<SentPush, 'transaction' | 'devices'>

/** `cancelled`: turned away by the person who asked for it, which says nothing against anybody. */
export type PushLook = 'waiting' | 'approved' | 'denied' | 'cancelled'

/** A service. Both calls end within seconds. @throws where it does not answer, or oddly: that says nothing about the person */
export type PushService = {
  send(order: PushOrder): Promise<PushOrdered>
  look(push: PushUnderWay): Promise<PushLook>
}

/** The services, by tenant; an organisation has one at most. */
export type PushServices = ReadonlyMap<string, PushService>
