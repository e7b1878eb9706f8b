/** What one tab tells the others of this browser, which share its session: that something happened, and nothing else. */
export type Told = 'touched' | 'session';

let opened: BroadcastChannel | undefined;

const channel = (): BroadcastChannel => (opened ??= new BroadcastChannel('sluice'));

export const tellTabs = (told: Told): void => channel().postMessage(told);

/** Hears the other tabs, until what it gives is called. */
export const whenTabsTell = (told: Told, listener: () => void): (() => void) => {
  const hear = ({ data }: MessageEvent<unknown>): void => {
    if (data === told) listener();
  };
  const heard = channel();
  heard.addEventListener('message', hear);
  return () => heard.removeEventListener('message', hear);
};

/** Ends and begins sessions one after the other, in all tabs: the late end of one would take the cookie of the next. */
export const inTurn = <Done>(work: () => Promise<Done>): Promise<Done> =>
  // Browsers give locks to secure pages alone.
  'locks' in navigator ? navigator.locks.request('sluice-session', work) : work();
