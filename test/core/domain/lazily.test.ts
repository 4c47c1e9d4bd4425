import { expect, it, vi } from 'vitest';
import * as z from 'zod/mini';
import { lazily } from '../../../core/domain/lazily';

it('is made when it is first looked at, and once', () => {
  const make = vi.fn(() => z.strictObject({ name: z.string() }));
  const Named = lazily(make);
  const List = z.array(Named);
  expect(make).not.toHaveBeenCalled();
  expect(List.safeParse([{ name: 'Erin' }])).toEqual({ success: true, data: [{ name: 'Erin' }] });
  expect(Named.safeParse({}).success).toBe(false);
  expect(Object.keys(Named.shape)).toEqual(['name']);
  expect(make).toHaveBeenCalledOnce();
});
