/**
 * Reads again and again until `accept` takes the value, and returns it. A reading that throws counts as not yet.
 * @param what completes the sentence "Waited 30 s for ..." of the error
 */
export async function until<T>(
  what: string,
  read: () => Promise<T> | T,
  accept: (value: T) => boolean,
  { timeoutMs = 30_000, everyMs = 150 } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let last = 'nothing';
  for (;;) {
    try {
      const value = await read();
      if (accept(value)) return value;
      last = JSON.stringify(value);
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1000} s for ${what}. Last seen: ${last}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
