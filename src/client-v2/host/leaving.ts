import type { Application } from '@nocobase/client-v2';

type Router = Application['router']['router'];

const KEY = 'workflow-editor';

/**
 * Holds the router at the way to another page until somebody agreed to leave.
 * @returns how to stop
 */
export function guardLeaving(router: Router, isNeeded: () => boolean, ask: () => Promise<boolean>): () => void {
  let isAsking = false;
  router.getBlocker(KEY, ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && isNeeded());
  const stop = router.subscribe(({ blockers }) => {
    const blocker = blockers.get(KEY);
    if (blocker?.state !== 'blocked' || isAsking) return;
    isAsking = true;
    const { location } = blocker;
    void ask().then((mayLeave) => {
      isAsking = false;
      const held = router.state.blockers.get(KEY);
      if (held?.state === 'blocked') {
        if (mayLeave) held.proceed?.();
        else held.reset?.();
      } else if (mayLeave && location) {
        // the router holds nothing any more, but that is where somebody wants to go
        void router.navigate(location);
      }
    });
  });
  return () => {
    stop();
    router.deleteBlocker(KEY);
  };
}
