import { useEffect } from 'preact/hooks';

/**
 * Reads what a page shows, and again when the person comes back to it: what another tab, or a panel, has changed
 * meanwhile would be taken back with the next choice.
 */
export function useFresh(read: () => void): void {
  useEffect(() => {
    read();
    const back = () => {
      if (document.visibilityState === 'visible') read();
    };
    document.addEventListener('visibilitychange', back);
    window.addEventListener('focus', back);
    return () => {
      document.removeEventListener('visibilitychange', back);
      window.removeEventListener('focus', back);
    };
  }, []);
}
