import { describe, expect, it } from 'vitest';
import type { DeskMessage } from '../../../core/domain/desk';
import { referenceOf, saidBefore } from '../../../core/domain/reference';

const ours = referenceOf('1/support/remind/1', 'our browser');
const theirs = referenceOf('1/support/remind/1', 'their browser');
const message = { reference: ours, visibility: 'public', after: '10' } as const;
const said = (text: string, part: Partial<DeskMessage> = {}): DeskMessage => ({
  id: '11',
  visibility: 'public',
  text,
  ...part,
});
const spoken = (...messages: DeskMessage[]) => saidBefore(messages, message, new Set([ours]));

describe('referenceOf', () => {
  it('has one half that every browser has, and one of its own', () => {
    expect(ours).toMatch(/^\[ref:[0-9a-f]{8}-[0-9a-f]{8}\]$/);
    expect(theirs.slice(0, 14)).toBe(ours.slice(0, 14));
    expect(theirs).not.toBe(ours);
    expect(referenceOf('1/support/remind/2', 'our browser').slice(0, 14)).not.toBe(ours.slice(0, 14));
  });
});

describe('saidBefore', () => {
  it('R13: finds our own message wherever it stands, also in what somebody quotes', () => {
    expect(spoken(said(`Hello\n\n${ours}`))).toBe('us');
    expect(spoken(said(`> Hello\n> ${ours}\n\nYes.`, { id: '9' }))).toBe('us');
    expect(spoken(said(theirs), said(ours))).toBe('us');
  });

  it('R14: finds what another browser has sent for the same', () => {
    expect(spoken(said(`Hello\n\n${theirs}`))).toBe('another');
    expect(spoken(said(`Hello\n\n  ${theirs} \r\n\n`))).toBe('another');
  });

  it('does not count what came before the case was here, nor what is quoted', () => {
    expect(spoken(said(theirs, { id: '10' }))).toBeNull();
    expect(spoken(said(`Yes.\n\n> Hello\n> ${theirs}`))).toBeNull();
    expect(spoken(said(`Hello\n\n${theirs}\n\nYes.`))).toBeNull();
  });

  it('knows no earlier message: all that is there counts', () => {
    expect(saidBefore([said(theirs, { id: '1' })], { ...message, after: null }, new Set())).toBe('another');
  });

  it('does not take an earlier one of ours for another browser’s', () => {
    expect(saidBefore([said(theirs)], message, new Set([ours, theirs]))).toBeNull();
  });

  it('looks only at what the same people see', () => {
    expect(spoken(said(ours, { visibility: 'internal' }))).toBeNull();
    expect(spoken(said(theirs, { visibility: 'internal' }))).toBeNull();
  });

  it('something else, or nothing, was said', () => {
    expect(spoken()).toBeNull();
    expect(spoken(said('Hello'), said(referenceOf('1/support/remind/2', 'x')))).toBeNull();
  });

  it('a reference of an older version says nothing of other browsers', () => {
    const old = { ...message, reference: '[ref:0123456789]' };
    expect(saidBefore([said('[ref:0123456789]')], old, new Set())).toBe('us');
    expect(saidBefore([said(theirs)], old, new Set())).toBeNull();
  });
});
