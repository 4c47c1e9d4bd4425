// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { render } from 'preact';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NumberField, positionWords, TextField } from '../../components/options/editor/fields';
import { supportTemplate } from '../../core/domain/templates/support';

let host: HTMLElement;
beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
});
afterEach(() => {
  render(null, host);
  host.remove();
});

const input = () => {
  const found = host.querySelector('input');
  if (!found) throw new Error('No field');
  return found;
};
/** As a key does, and all that is drawn of it before the next key; nothing that waits for the screen. */
async function key(text: string): Promise<void> {
  input().value += text;
  input().dispatchEvent(new Event('input', { bubbles: true }));
  await drawn();
}
async function drawn(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

it('keys that come faster than the screen is drawn are all kept', async () => {
  const name = signal('');
  const Field = () => (
    <TextField
      label="Name"
      value={name.value}
      maxLength={120}
      onChange={(text) => {
        name.value = text;
      }}
    />
  );
  render(<Field />, host);
  for (const letter of 'Parcel on its way') await key(letter);
  expect([input().value, name.value]).toEqual(['Parcel on its way', 'Parcel on its way']);

  const amount = signal(1);
  const Amount = () => (
    <NumberField
      label="Times"
      value={amount.value}
      min={1}
      max={100_000}
      onChange={(number) => {
        amount.value = number;
      }}
    />
  );
  render(null, host);
  render(<Amount />, host);
  for (const digit of '2345') await key(digit);
  expect([input().value, amount.value]).toEqual(['12345', 12345]);
});

it('what is undone, or changed elsewhere, is shown', async () => {
  const name = signal('Before');
  const Field = () => <TextField label="Name" value={name.value} maxLength={120} onChange={() => undefined} />;
  render(<Field />, host);
  name.value = 'After';
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  expect(input().value).toBe('After');
});

it('a text that is refused stays in the field, with the reason, and is not kept', async () => {
  const kept: string[] = [];
  render(
    <TextField
      label="Native"
      value=""
      maxLength={80}
      refuses={(text) => (text === 'constructor' ? 'This word is reserved.' : null)}
      onChange={(text) => kept.push(text)}
    />,
    host,
  );
  await key('constructor');
  expect(kept).toEqual([]);
  expect(input().getAttribute('aria-invalid')).toBe('true');
  expect(host.textContent).toContain('This word is reserved.');
});

it('of what was typed on the way to what cannot be kept, nothing is kept', async () => {
  const body = signal('Hello');
  const days = signal(7);
  const Fields = () => (
    <>
      <TextField
        label="Body"
        value={body.value}
        maxLength={120}
        required
        onChange={(text) => {
          body.value = text;
        }}
      />
      <NumberField
        label="Days"
        value={days.value}
        min={1}
        max={99}
        onChange={(number) => {
          days.value = number;
        }}
      />
    </>
  );
  render(<Fields />, host);
  const [text, number] = host.querySelectorAll('input');
  const type = async (field: HTMLInputElement | undefined, ...texts: string[]) => {
    field?.dispatchEvent(new Event('focus'));
    for (const typed of texts) {
      if (field) field.value = typed;
      field?.dispatchEvent(new Event('input', { bubbles: true }));
      // The last two come before the screen is drawn.
      if (typed !== texts.at(-2)) await drawn();
    }
  };
  await type(text, 'Hell', 'H', '');
  await type(number, '2', '2.', '2.5');
  expect([body.value, days.value]).toEqual(['Hello', 7]);
  expect([text?.value, number?.value]).toEqual(['', '2.5']);
  expect(host.querySelectorAll('[aria-invalid="true"]')).toHaveLength(2);
  // What fits then counts again.
  await type(text, 'Hi');
  await type(number, '3');
  expect([body.value, days.value]).toEqual(['Hi', 3]);
});

const undo = () => new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true });

it('Undo by key first takes back what cannot be kept, and nothing of the draft', async () => {
  const beyond: Event[] = [];
  host.addEventListener('keydown', (event) => beyond.push(event));
  render(<TextField label="Name" value="Reopened" maxLength={120} required onChange={() => undefined} />, host);
  input().value = '';
  await key('');
  expect(input().getAttribute('aria-invalid')).toBe('true');
  const first = undo();
  input().dispatchEvent(first);
  await drawn();
  expect([input().value, input().getAttribute('aria-invalid')]).toEqual(['Reopened', null]);
  expect([first.defaultPrevented, beyond]).toEqual([true, []]);
  const second = undo();
  input().dispatchEvent(second);
  expect(beyond).toEqual([second]);
});

it('Undo by key brings a number back that was overwritten with none, and says so to whom it was no number', async () => {
  const told: (number | 'misfit')[] = [];
  render(
    <NumberField
      label="Days"
      value={3}
      min={1}
      max={365}
      onChange={(number) => told.push(number)}
      onMisfit={() => told.push('misfit')}
    />,
    host,
  );
  await key('x');
  input().dispatchEvent(undo());
  await drawn();
  expect([input().value, told]).toEqual(['3', ['misfit', 3]]);
});

it('a position that was retired is told by its name; one that is not there, by its id', () => {
  const template = {
    ...supportTemplate,
    statuses: supportTemplate.statuses.map((status) =>
      status.id === 'pending' ? { ...status, retired: true } : status,
    ),
  };
  const words = (statusId: string, subStatusId: string | null) => positionWords(template, { statusId, subStatusId });
  expect(words('in-progress', null)).toBe('In Progress');
  expect(words('pending', null)).toBe('Pending (retired)');
  expect(words('pending', 'customer-input')).toBe('Pending – Customer Input (retired)');
  expect(words('pending', 'nobody')).toBe('pending (no longer there)');
  expect(words('elsewhere', null)).toBe('elsewhere (no longer there)');
});
