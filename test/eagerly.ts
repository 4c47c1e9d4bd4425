/**
 * Stands for `core/domain/lazily` in mutation testing (domain.vitest.config.ts). What is made only when it is first looked
 * at seems to be reached by the first test alone, and the others, which look at what was made, would not be tried with a
 * change of it. What is made while the module is loaded is tried with all of them.
 */
export function lazily<T extends object>(make: () => T): T {
  return make();
}
