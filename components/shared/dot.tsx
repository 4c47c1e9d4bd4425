import type { StatusFace } from '../../core/contract/views';
import { lookOf } from './face';

/** A status as colour and shape, the shape by its category: an empty ring, a disc, a half-full ring, a disc with a tick. */
export function Dot({ face, hollow = false }: { face: StatusFace; hollow?: boolean }) {
  const shape = hollow ? 'initial' : face.category;
  const look = lookOf(face);
  return (
    <svg class={`dot ${look.class}`} style={look.style} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {shape === 'initial' && <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="2" />}
      {shape === 'active' && <circle cx="6" cy="6" r="5.6" fill="currentColor" />}
      {shape === 'waiting' && (
        <path d="M6 .3a5.7 5.7 0 0 1 0 11.4a5.7 5.7 0 0 1 0-11.4zM6 2.1a3.9 3.9 0 0 0 0 7.8z" fill="currentColor" />
      )}
      {shape === 'done' && (
        <>
          <circle cx="6" cy="6" r="5.8" fill="currentColor" />
          <path d="m3.5 6.2 1.8 1.8 3.3-3.8" fill="none" stroke="var(--surface)" stroke-width="1.6" />
        </>
      )}
    </svg>
  );
}
