import { Skeleton } from 'antd';
import { useEffect, useState, type ComponentType } from 'react';
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
    const [isReady, setReady] = useState(port.collections.isLoaded);
    useEffect(() => {
      let isLeft = false;
      void port.collections.whenLoaded().then(() => isLeft || setReady(true));
      return () => {
        isLeft = true;
      };
    }, [port]);
    return (
      <PortProvider value={port}>
        {isReady ? <Page key={id} registry={registry} id={id} /> : <Skeleton active style={{ padding: 24 }} />}
      </PortProvider>
    );
  };
}
