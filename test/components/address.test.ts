import { expect, test } from 'vitest';
import { parseAddress } from '../../components/options/address';

test.each([
  ['https://rt.example.com/', 'https://rt.example.com/'],
  [' rt.example.com/desk ', 'https://rt.example.com/desk'],
  ['localhost:8080', 'https://localhost:8080/'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
  ['https://erin:secret@rt.example.com/desk', 'https://rt.example.com/desk'],
])('%s is the address %s', (typed, href) => {
  expect(parseAddress(typed)?.href).toBe(href);
});

test.each(['', 'not an address', 'ftp://example.com/', 'javascript:alert(1)', 'https://', 'file:///etc/passwd'])(
  '%s is not an address of a web page',
  (typed) => {
    expect(parseAddress(typed)).toBeNull();
  },
);
