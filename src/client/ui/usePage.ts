import { useCallback, useMemo, useState } from 'react';

export interface PageRequest {
  /** from 1 */
  page: number;
  pageSize: number;
}

export interface PageState extends PageRequest {
  turn(page: number, pageSize?: number): void;
  /** back to the first page, e.g. because the filter changed */
  first(): void;
}

/** Which page of a list is shown. */
export function usePage(pageSize = 20): PageState {
  const [request, setRequest] = useState<PageRequest>({ page: 1, pageSize });
  const turn = useCallback(
    (page: number, size?: number) =>
      setRequest((last) => ({ page: size && size !== last.pageSize ? 1 : page, pageSize: size ?? last.pageSize })),
    [],
  );
  const first = useCallback(() => setRequest((last) => (last.page === 1 ? last : { ...last, page: 1 })), []);
  return useMemo(() => ({ ...request, turn, first }), [request, turn, first]);
}
