// Runs in the page before anything of the console: what its main thread did, and how long after somebody's last touch
// something is to be seen. All times in milliseconds.
(() => {
  const { addEventListener, PerformanceObserver, requestAnimationFrame } = globalThis;
  const tasks = [];
  const frames = [];
  let touched;
  let last;

  const tick = (now) => {
    if (last !== undefined) frames.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: 'longtask',
    buffered: true,
  });
  for (const kind of ['click', 'keydown', 'wheel'])
    addEventListener(kind, ({ timeStamp }) => (touched = timeStamp), { capture: true, passive: true });

  globalThis.probe = {
    /** Forgets what was before. */
    begin: () => {
      tasks.length = 0;
      frames.length = 0;
      touched = undefined;
    },
    /** From the last touch to the first frame in which `look` finds what it looks for; the frame itself is waited for. */
    seen: (look) =>
      new Promise((resolve) => {
        const check = () => {
          if (touched !== undefined && look()) setTimeout(() => resolve(performance.now() - touched));
          else requestAnimationFrame(check);
        };
        requestAnimationFrame(check);
      }),
    /** Since `begin`. */
    longest: () => ({ task: Math.max(0, ...tasks), frame: Math.max(0, ...frames), frames: frames.length }),
    /** Frames that a screen of sixty a second would have shown and this one did not. */
    dropped: () => frames.reduce((sum, frame) => sum + Math.max(0, Math.round(frame / (1_000 / 60)) - 1), 0),
  };
})();
