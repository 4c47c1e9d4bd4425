/**
 * Makes something when it is first looked at. For schemas: making all of them was about half of what the worker's code ran
 * at its start, and what it is woken for needs a few.
 */
export function lazily<T extends object>(make: () => T): T {
  let made: T | undefined;
  return new Proxy({} as T, {
    get: (_none, key) => {
      made ??= make();
      return Reflect.get(made, key);
    },
  });
}
