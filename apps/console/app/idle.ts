import { useEffect, useRef } from 'react';
import { nowMs } from './platform.js';
import { tellTabs, whenTabsTell } from './tabs.js';

const SIGNS_OF_LIFE = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

/** Milliseconds between two times at which the other tabs are told. */
const TELL_MS = 5_000;

/** Calls once when nobody has touched the page, in this tab or another, for so many milliseconds; also after the machine slept. */
export const useIdle = (milliseconds: number, active: boolean, onIdle: () => void): void => {
  const call = useRef(onIdle);
  useEffect(() => {
    call.current = onIdle;
  });
  useEffect(() => {
    if (!active) return undefined;
    let last = nowMs();
    let told = 0;
    const look = (): void => {
      if (nowMs() - last < milliseconds) return;
      last = nowMs();
      call.current();
    };
    // Whoever wakes the machine comes too late, though no timer has run since it fell asleep.
    const touched = (): void => {
      look();
      last = nowMs();
      if (last - told < TELL_MS) return;
      told = last;
      tellTabs('touched');
    };
    const deafen = whenTabsTell('touched', () => {
      last = nowMs();
    });
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, touched, { passive: true });
    document.addEventListener('visibilitychange', look);
    const timer = window.setInterval(look, Math.min(milliseconds, 5_000));
    return () => {
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, touched);
      document.removeEventListener('visibilitychange', look);
      window.clearInterval(timer);
      deafen();
    };
  }, [milliseconds, active]);
};
