import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import { DIALECTS } from '../helpers/dialects';
import { startHost } from '../helpers/host';
import { accessSuite } from './matrixAccess';
import { associationSuite } from './matrixAssociations';
import { modeSuite } from './matrixModes';
import { selectionSuite } from './matrixSelection';
import { MatrixWorld } from './matrixWorld';
import { writeSuite } from './matrixWrites';

/** The trigger matrix T01–T61 on a real host with the full preset; rows that need more are in matrixInProcess. */
describe.each(DIALECTS)('post-action trigger on %s', (dialect) => {
  let world: MatrixWorld;

  beforeAll(async () => {
    world = await MatrixWorld.create(await startHost({ dialect }));
  });

  afterEach(() => world.disableAll());

  afterAll(() => world?.host.close());

  selectionSuite(() => world);
  accessSuite(() => world);
  associationSuite(() => world);
  writeSuite(() => world);
  modeSuite(() => world);
});
