import { DetailsBlockProvider } from './DetailsBlockProvider';
import { SimpleDesigner } from './SimpleDesigner';
import { CollectionBlockInitializer } from './initializers';
import { ValueBlock } from './ValueBlock';

/** Components that schemas of stored pages and menus of page builders name. */
export const blockComponents = { CollectionBlockInitializer, DetailsBlockProvider, SimpleDesigner, ValueBlock };
