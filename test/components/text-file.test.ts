import { expect, it } from 'vitest';
import { textOf } from '../../components/options/text-file';

it('a text is read as UTF-8, with or without its mark, and no longer than it may be', async () => {
  expect(await textOf(new File(['Fête'], 'days.ics'), 10)).toBe('Fête');
  expect(await textOf(new File(['\uFEFFFête'], 'days.ics'), 10)).toBe('Fête');
  expect(await textOf(new File(['Fêtes et plus'], 'days.ics'), 10)).toBeNull();
});

it('what is not UTF-8 is not read: letters would be lost without a word', async () => {
  const latin = new File([new Uint8Array([0x46, 0xea, 0x74, 0x65])], 'days.ics');
  await expect(textOf(latin, 10)).rejects.toThrow();
});
