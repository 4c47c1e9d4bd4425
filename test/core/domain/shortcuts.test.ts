import { describe, expect, it } from 'vitest';
import {
  accessKeyOf,
  DEFAULT_SHORTCUTS,
  isSingleKey,
  SHORTCUT_FORM,
  shortcutOf,
  shortcutProblem,
} from '../../../core/domain/shortcuts';

const keys = (key: string, code: string, ...modifiers: ('ctrl' | 'alt' | 'shift' | 'meta')[]) => ({
  key,
  code,
  ctrlKey: modifiers.includes('ctrl'),
  altKey: modifiers.includes('alt'),
  shiftKey: modifiers.includes('shift'),
  metaKey: modifiers.includes('meta'),
});

describe('shortcutOf', () => {
  it.each([
    [keys('k', 'KeyK', 'alt'), 'Alt+K'],
    [keys('K', 'KeyK', 'alt', 'shift'), 'Alt+Shift+K'],
    // The letter that is written on the key counts, not the place it has on an American keyboard.
    [keys('a', 'KeyQ', 'ctrl'), 'Ctrl+A'],
    // On a Mac the Option key makes another sign of a letter.
    [keys('ˆ', 'KeyI', 'alt'), 'Alt+I'],
    [keys('!', 'Digit1', 'alt', 'shift'), 'Alt+Shift+1'],
    [keys('F2', 'F2'), 'F2'],
    [keys('?', 'Slash', 'shift'), 'Shift+?'],
    [keys('s', 'KeyS', 'meta', 'ctrl', 'alt', 'shift'), 'Ctrl+Alt+Shift+Meta+S'],
    [keys('Shift', 'ShiftLeft', 'shift'), null],
    [keys('Enter', 'Enter', 'ctrl'), null],
    [keys('ArrowUp', 'ArrowUp', 'alt'), null],
    [keys('Dead', 'BracketLeft'), null],
    // Only whole names of keys and places count.
    [keys('é', 'NumpadKeyK', 'ctrl'), null],
    [keys('é', 'Digit12', 'ctrl'), null],
    [keys('Backspace', 'Backspace', 'ctrl'), null],
    [keys('F13', 'F13'), null],
  ])('%#: %o is %s', (pressed, expected) => expect(shortcutOf(pressed)).toBe(expected));
});

it('single keys are those that can be hit while typing', () => {
  expect(['K', 'Shift+?', '/'].map(isSingleKey)).toEqual([true, true, true]);
  expect(['Alt+K', 'F2', 'F10', 'Ctrl+Shift+K', 'Meta+1'].map(isSingleKey)).toEqual(Array(5).fill(false));
  expect(Object.values(DEFAULT_SHORTCUTS).filter((shortcut) => shortcut && isSingleKey(shortcut))).toEqual([]);
});

it('access keys are meant by Alt, with or without Shift, and a letter or digit', () => {
  expect(['Alt+S', 'Alt+Shift+S', 'Alt+4', 'Ctrl+Alt+S', 'S', 'Alt+F2'].map(accessKeyOf)).toEqual([
    's',
    's',
    '4',
    null,
    null,
    null,
  ]);
});

describe('shortcutProblem', () => {
  const free = { others: [], desk: [], accessKeys: [] };
  it.each([
    ['Alt+Shift+S', free, null],
    ['Alt+Shift+S', { ...free, others: ['Alt+Shift+S'] }, 'Alt+Shift+S is taken by another action.'],
    ['J', { ...free, desk: ['J'] }, 'The help desk uses J itself.'],
    ['Alt+Shift+E', { ...free, accessKeys: ['e'] }, 'This page uses Alt+Shift+E itself; ours is off here.'],
    ['Ctrl+Alt+E', { ...free, accessKeys: ['e'] }, null],
    ['Ctrl+W', free, 'The browser keeps Ctrl+W for itself.'],
    ['Ctrl+Alt+Meta+W', free, null],
    ['Meta+Shift+T', free, 'The browser keeps Meta+Shift+T for itself.'],
  ])('%s', (shortcut, taken, expected) => expect(shortcutProblem(shortcut, taken)).toBe(expected));
});

it('the defaults are five different shortcuts, in the form that is kept', () => {
  expect(DEFAULT_SHORTCUTS).toEqual({
    palette: 'Alt+Shift+K',
    change: 'Alt+Shift+S',
    undo: 'Alt+Shift+Z',
    hold: 'Alt+Shift+H',
    history: 'Alt+Shift+Y',
  });
  for (const shortcut of ['xAlt+K', 'Alt+K ', 'Alt+Kx', 'K+Alt', 'alt+k', ''])
    expect(SHORTCUT_FORM.test(shortcut)).toBe(false);
  for (const shortcut of Object.values(DEFAULT_SHORTCUTS)) expect(SHORTCUT_FORM.test(shortcut ?? '')).toBe(true);
});
