import { fireEvent, render, screen } from '@solidjs/testing-library'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Dialog } from './Dialog.tsx'

beforeEach(() => {
  HTMLDialogElement.prototype.showModal = vi.fn(function (this: HTMLDialogElement) {
    this.open = true
  })
  HTMLDialogElement.prototype.close = vi.fn()
})

describe('a dialog', () => {
  it('is modal, named by its title, and closes on Escape and on a click outside', () => {
    const onClose = vi.fn()
    render(() => (
      <Dialog title="Refuse?" onClose={onClose}>
        <button>Inside</button>
      </Dialog>
    ))
    const dialog = screen.getByRole('dialog', { name: 'Refuse?' })
    expect(HTMLDialogElement.prototype.showModal).toHaveBeenCalledOnce()
    fireEvent.click(screen.getByRole('button', { name: 'Inside' }))
    expect(onClose).not.toHaveBeenCalled()
    fireEvent.click(dialog)
    expect(onClose).toHaveBeenCalledTimes(1)
    // The browser turns Escape into this event.
    fireEvent(dialog, new Event('close'))
    expect(onClose).toHaveBeenCalledTimes(2)
  })
})
