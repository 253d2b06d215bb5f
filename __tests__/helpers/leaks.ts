import { waitFor } from './waitFor';

/** What keeps a Node process alive, by kind. */
function liveResources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

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
