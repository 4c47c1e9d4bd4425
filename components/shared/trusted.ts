/**
 * Lets only clicks of a person through: a page can dispatch events and call `click()`, but cannot make them trusted.
 * A native button that is pressed by keyboard fires a trusted click, so keyboards are served as well. What the shield brings
 * in place of a click that the page has kept to itself says so; no page can write that on an event that is heard here.
 */
export function trusted<E extends Event>(handler: (event: E) => void): (event: E) => void {
  return (event) => {
    if (event.isTrusted || 'byPerson' in event) handler(event);
  };
}
