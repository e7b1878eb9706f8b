import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';

/** A key of a screen. No single key sends anything: shortcuts move, open, select and show. */
export interface Shortcut {
  /** As `KeyboardEvent.key` has it. */
  readonly key: string;
  readonly does: string;
  readonly run: () => void;
}

interface Registry {
  readonly register: (shortcuts: readonly Shortcut[]) => () => void;
  readonly all: () => readonly Shortcut[];
}

const Current = createContext<Registry | undefined>(undefined);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
  !(target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type));

/** What is behind the sign-in stays mounted, and hears nothing of what is typed before it. */
const isLocked = (): boolean => document.documentElement.hasAttribute('data-locked');

/** Enter on a control is the control's own. */
const isOwnEnter = ({ key, target }: KeyboardEvent): boolean =>
  key === 'Enter' && target instanceof HTMLElement && target.closest('a,button,summary,[role=button]') !== null;

export const ShortcutProvider = ({ children }: { readonly children: ReactNode }) => {
  const layers = useRef<(readonly Shortcut[])[]>([]);
  const registry = useMemo<Registry>(
    () => ({
      register: (shortcuts) => {
        layers.current = [...layers.current, shortcuts];
        return () => {
          layers.current = layers.current.filter((layer) => layer !== shortcuts);
        };
      },
      all: () => layers.current.flat(),
    }),
    [],
  );
  useEffect(() => {
    // Asked before anybody else hears of the key: whatever it closes is gone by the time it gets here.
    let isTheirs = false;
    const notice = (event: KeyboardEvent): void => {
      const { target } = event;
      if (isLocked()) {
        event.stopImmediatePropagation();
        return;
      }
      isTheirs =
        document.querySelector('[role=dialog],[role=menu]') !== null ||
        (target instanceof HTMLElement && target.closest('[aria-expanded=true]') !== null);
    };
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (isTyping(event.target) || isOwnEnter(event)) return;
      // A dialog or a menu has its own keys, and what is behind it none.
      if (isTheirs) return;
      const found = registry.all().findLast(({ key }) => key === event.key);
      if (found === undefined) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener('keydown', notice, { capture: true });
    window.addEventListener('keydown', listen);
    return () => {
      window.removeEventListener('keydown', notice, { capture: true });
      window.removeEventListener('keydown', listen);
    };
  }, [registry]);
  return <Current value={registry}>{children}</Current>;
};

/** Gives a screen its keys while it is shown; the innermost one counts. */
export const useShortcuts = (shortcuts: readonly Shortcut[]): void => {
  const registry = useContext(Current);
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const keys = shortcuts.map(({ key, does }) => `${key}\n${does}`).join('\n');
  useEffect(() => {
    const entries = latest.current.map(({ key, does }) => ({
      ...{ key, does },
      run: () => latest.current.find((one) => one.key === key)?.run(),
    }));
    return registry?.register(entries);
    // The keys say when something has changed; what they do is always the latest.
  }, [registry, keys]);
};

/** All keys that work now, for the help. */
export const useShortcutList = (open: boolean): readonly Shortcut[] => {
  const registry = useContext(Current);
  const [list, setList] = useState<readonly Shortcut[]>([]);
  useEffect(() => {
    if (open) setList(registry?.all() ?? []);
  }, [open, registry]);
  return list;
};
