/** How often a participant may ask again for a code that a limit held back. */
export const mostCodeAsks = 3
