/**
 * Builds elements. Text goes in as text nodes only, so nothing that a customer wrote can become markup.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `null`, `undefined` and `false` are left out, `true` is an empty attribute,
 *   a function is a listener (`onclick`)
 * @param {...unknown} children nodes, text, arrays of them; `null`, `undefined` and booleans are left out
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  const shown = children.flat(Number.POSITIVE_INFINITY);
  element.append(...shown.filter((child) => child !== null && child !== undefined && typeof child !== 'boolean'));
  return element;
}
