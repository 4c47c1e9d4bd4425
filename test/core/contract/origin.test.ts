import { describe, expect, it } from 'vitest';
import { permissionPattern } from '../../../core/contract/origin';

describe('permissionPattern', () => {
  it.each([
    ['https://desk.test', 'https://desk.test/*'],
    ['https://desk.test/rt/Ticket/Display.html?id=1#x', 'https://desk.test/*'],
    // Firefox knows no ports in patterns.
    ['http://127.0.0.1:8081/rt', 'http://127.0.0.1/*'],
    ['https://user:secret@desk.test/', 'https://desk.test/*'],
    ['https://DESK.test./', 'https://desk.test./*'],
    ['https://bücher.test/', 'https://xn--bcher-kva.test/*'],
  ])('%s -> %s', (address, pattern) => {
    expect(permissionPattern(address)).toBe(pattern);
  });

  it.each(['', 'desk.test', '/rt'])('"%s" is no address', (address) => {
    expect(() => permissionPattern(address)).toThrow(TypeError);
  });
});
