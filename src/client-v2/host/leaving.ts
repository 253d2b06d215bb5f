import type { Application } from '@nocobase/client-v2';

type Router = Application['router']['router'];

const KEY = 'workflow-editor';

/**
 * Holds the router at the way to another page until somebody agreed to leave.
 * @returns how to stop
 */
export function guardLeaving(router: Router, isNeeded: () => boolean, ask: () => Promise<boolean>): () => void {
  let isAsking = false;
  let mayLeave = false;
  const isHeld: Parameters<Router['getBlocker']>[1] = ({ currentLocation, nextLocation }) =>
    !mayLeave && currentLocation.pathname !== nextLocation.pathname && isNeeded();
  router.getBlocker(KEY, isHeld);
  const stop = router.subscribe(({ blockers }) => {
    const blocker = blockers.get(KEY);
    if (blocker?.state !== 'blocked' || isAsking) return;
    isAsking = true;
    const { location } = blocker;
    void ask().then((answer) => {
      isAsking = false;
      const held = router.state.blockers.get(KEY);
      if (held?.state === 'blocked') {
        if (answer) held.proceed?.();
        else held.reset?.();
      } else if (answer && location) {
        // the router holds nothing any more, but that is where somebody wants to go
        mayLeave = true;
        void router.navigate(location);
      }
    });
  });
  return () => {
    stop();
    router.deleteBlocker(KEY);
  };
}
