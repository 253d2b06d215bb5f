import { useState, type ComponentType } from 'react';
import { useParams } from 'react-router-dom';
import { PortProvider } from '../../client/port/HostPort';
import type { KindRegistry } from '../../client/registry/kinds';
import { currentLane } from './lane';

/** What every page gets beside the port. */
export interface PageProps {
  registry: KindRegistry;
  /** of the record that the address names; empty where it names none */
  id: string;
}

/** Gives a page the application around it; what that remembers of the data model is read anew. */
export function lanePage(Page: ComponentType<PageProps>): ComponentType {
  return function LanePage() {
    const { id = '' } = useParams();
    const [{ port, registry }] = useState(() => {
      const lane = currentLane();
      lane.port.refresh();
      return lane;
    });
    return (
      <PortProvider value={port}>
        <Page key={id} registry={registry} id={id} />
      </PortProvider>
    );
  };
}
