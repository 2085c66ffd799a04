/** True if keys belong to the element that has the focus: fields, menus and dialogs keep theirs. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, select, dialog, .menu[open], [contenteditable]') !== null

/** True if a key comes alone, or with Shift at most. */
export const isPlain = (event: KeyboardEvent): boolean => !event.metaKey && !event.ctrlKey && !event.altKey
