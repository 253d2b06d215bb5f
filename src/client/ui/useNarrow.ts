import { useEffect, useState } from 'react';

/** below this width tables become lists of cards */
const NARROW = '(max-width: 767px)';

/** True on phones and in narrow windows. */
export function useNarrow(query = NARROW): boolean {
  const [isNarrow, setNarrow] = useState(() => globalThis.matchMedia?.(query).matches ?? false);
  useEffect(() => {
    const media = globalThis.matchMedia?.(query);
    if (!media) return undefined;
    const follow = () => setNarrow(media.matches);
    follow();
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, [query]);
  return isNarrow;
}
