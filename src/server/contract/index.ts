export * from './models';
export * from './Instruction';
export * from './Trigger';
export * from './processor';
export * from './plugin';
export * from './validateWithSchema';
