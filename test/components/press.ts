import { act } from 'preact/test-utils';

/** Presses the button of this name, as a person does. */
export async function press(host: ParentNode, name: string): Promise<void> {
  const named = (button: HTMLButtonElement) => (button.getAttribute('aria-label') ?? button.textContent) === name;
  const button = [...host.querySelectorAll('button')].find(named);
  if (!button) throw new Error(`No button ${name}`);
  await act(async () => {
    const click = new MouseEvent('click', { bubbles: true });
    // Only a person's clicks count; a test stands in for one.
    Object.defineProperty(click, 'isTrusted', { value: true });
    button.dispatchEvent(click);
  });
}
