import { EngineReference } from '../../client/forms/inputs';

/** A link to the manual of an expression engine. */
export const renderEngineReference = (engine: string) => <EngineReference engine={engine} />;
