/**
 * HTML that is safe by default: every value put into a template is escaped unless it is itself the result of `html`.
 * There is deliberately no way to mark a string as safe, so text that people typed can never become markup.
 */

class SafeHtml {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
  toString() {
    return this.text;
  }
}

const REPLACEMENTS = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * @param {unknown} value
 * @returns {string} the value as text that is inert in element content and in quoted attributes
 */
export function escapeHtml(value) {
  return String(value).replace(/[&<>"']/g, (character) => REPLACEMENTS[character]);
}

/** @param {unknown} value @returns {string} */
function render(value) {
  if (value === null || value === undefined || value === false || value === true) return '';
  if (value instanceof SafeHtml) return value.text;
  if (Array.isArray(value)) return value.map(render).join('');
  return escapeHtml(value);
}

/**
 * Template tag. `null`, `undefined` and booleans render as nothing, arrays are joined, everything else is escaped.
 * Attribute values must be written in quotes: html`<a href="${url}">`.
 * @param {TemplateStringsArray} strings
 * @param {...unknown} values
 * @returns {SafeHtml}
 */
export function html(strings, ...values) {
  return new SafeHtml(strings.reduce((text, part, index) => text + render(values[index - 1]) + part));
}
