/**
 * A guess for networks that no list names: words of the trade, whole words only. Open stems are a trap (`colo\w*` flags
 * every telecom in Colombia and every university in Colorado), and carriers that sell servers stay carriers.
 */
const words =
  /\b(hosting|web ?host(s|er)?|webhosting|cloud|vps|servers?|data ?cent(er|re)s?|colocation|dedicated|vpn|leaseweb|contabo)\b/i
const vetoes =
  /\b(telecom\w*|telekom\w*|universit\w*|college|colombia\w*|colorado|mobile|cable\w*|broadband|wireless|fib(er|re)\w*)\b/i

/** Does the name of a network suggest a data centre? Half the weight of a listed one. */
export function suggestsHosting(name: string): boolean {
  return words.test(name) && !vetoes.test(name)
}
