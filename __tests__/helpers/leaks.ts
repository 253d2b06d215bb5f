import { waitFor } from './waitFor';

/** How many there are of each kind. @param resources what keeps a Node process alive, as Node lists it */
export function countKinds(resources: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of resources) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

const liveResources = () => countKinds(process.getActiveResourcesInfo());

const WATCHED = ['Timeout', 'Immediate', 'TCPSocketWrap', 'TCPServerWrap', 'Worker', 'ProcessWrap'];

/**
 * Remembers the timers, sockets and children of this process.
 * @returns a check that fails when there are more of them, after a moment in which they may go away
 */
export function watchForLeaks(): () => Promise<void> {
  const before = liveResources();
  return async () => {
    const leaked = () => {
      const now = liveResources();
      return WATCHED.filter((kind) => (now.get(kind) ?? 0) > (before.get(kind) ?? 0)).map(
        (kind) => `${kind}: ${before.get(kind) ?? 0} before, ${now.get(kind)} after`,
      );
    };
    await waitFor(() => leaked().length === 0, {
      what: 'timers and sockets to be closed',
      timeoutMs: 5_000,
    }).catch(() => {
      throw new Error(`Something was not closed. ${leaked().join('; ')}`);
    });
  };
}
