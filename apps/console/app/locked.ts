import { useLayoutEffect, useRef } from 'react';

/**
 * Dialogs and messages stand beside the page, not in it, and go out of sight with it. Whoever comes back finds the focus
 * where it was.
 */
export const useLocked = (locked: boolean): void => {
  const focused = useRef<Element | null>(null);
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-locked', locked);
    if (locked) {
      focused.current = document.activeElement;
      return;
    }
    if (focused.current instanceof HTMLElement && focused.current.isConnected) focused.current.focus();
    focused.current = null;
  }, [locked]);
};
