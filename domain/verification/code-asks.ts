/** A participant may ask again this often for a code that a limit held back. */
export const mostCodeAsks = 3
