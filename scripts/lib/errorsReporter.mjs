import { writeFileSync } from 'node:fs';

/** Errors of a suite's own: what its hooks threw. */
const errorsOf = (suite) => [...suite.errors(), ...[...suite.children].flatMap((child) => (child.type === 'suite' ? errorsOf(child) : []))];

/** @param {{ name?: string, message?: string, stack?: string }} error */
const asText = ({ name, message, stack }) => stack || `${name ?? 'Error'}: ${message ?? ''}`;

/**
 * A reporter for Vitest that writes what its JSON leaves out, to the file named by ERRORS_FILE: errors of hooks by test file, and
 * errors that belong to no test.
 */
export default class ErrorsReporter {
  onTestRunEnd(modules, unhandled) {
    const hooks = Object.fromEntries(modules.map((module) => [module.moduleId, errorsOf(module).map(asText)]).filter(([, errors]) => errors.length));
    writeFileSync(process.env.ERRORS_FILE, JSON.stringify({ hooks, unhandled: unhandled.map(asText) }));
  }
}
