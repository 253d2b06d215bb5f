import { useCallback } from 'react';
import { useKindContext } from '../canvas/state/useKindContext';
import type { FlowDocument } from '../document/types';
import { Validator } from '../document/validate';
import { usePort } from '../port/HostPort';
import type { KindRegistry } from '../registry/kinds';
import { resolvesVariable } from './resolvesVariable';

/** Makes what checks a version, with all that this host knows of collections: equally strict wherever one is enabled. */
export function useValidatorOf(registry: KindRegistry): (document: FlowDocument) => Validator {
  const contextOf = useKindContext();
  const port = usePort();
  return useCallback(
    (document) =>
      new Validator({
        registry,
        context: contextOf(document),
        resolves: (path, current) => resolvesVariable(path, current, port.collections),
      }),
    [registry, contextOf, port],
  );
}
