/**
 * What a database takes in and gives out is a copy, and the copying of Node takes a seventh of the time of a simulation.
 * Plain data, which is all that is stored here, is copied in a fraction of it; anything else is left to what copies everything.
 */
const everything = globalThis.structuredClone;

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' || typeof value === 'symbol') return everything(value);
    return value;
  }
  if (Array.isArray(value)) return value.map(copy);
  if (Object.getPrototypeOf(value) !== Object.prototype) return everything(value);
  const made: Record<string, unknown> = {};
  for (const key of Object.keys(value)) made[key] = copy((value as Record<string, unknown>)[key]);
  return made;
}

globalThis.structuredClone = copy as typeof structuredClone;
