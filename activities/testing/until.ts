/** Waits until something holds, looking every 25 ms. @throws after `ms` */
export const until = async (holds: () => Promise<boolean>, ms = 15_000): Promise<void> => {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not come to hold in time')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
