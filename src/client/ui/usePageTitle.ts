import { useEffect } from 'react';

/** Names the browser's tab while a page is shown. Hosts name the tab on their own pages only, so the name before is given back. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      if (document.title === title) document.title = before;
    };
  }, [title]);
}
