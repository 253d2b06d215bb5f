import { describe, expect, it } from 'vitest';
import { checkContract } from '../../scripts/contract.mjs';
import { clientExports, serverProvided } from '../../scripts/lib/contract/provided.mjs';

/** What the published official extensions take from the workflow plugin, read out of their builds. */
describe('the contract of the official extension plugins', () => {
  const uses = checkContract();
  const usesOf = (plugin: string, from: string) =>
    uses.filter((use) => use.plugin === plugin && use.from === from).map(({ name }) => name);

  it('everything that they take is there', () => {
    expect(uses.filter(({ isPresent }) => isPresent === false)).toEqual([]);
  });

  it('their builds are really read', () => {
    expect(new Set(uses.map(({ plugin }) => plugin)).size).toBe(23);
    expect(usesOf('plugin-workflow-request', '@nocobase/plugin-workflow')).toEqual(expect.arrayContaining(['Instruction', 'JOB_STATUS', 'default']));
    expect(usesOf('plugin-workflow-request', 'processor')).toEqual(
      expect.arrayContaining(['createBackgroundAbortHandle', 'exit', 'getParsedValue', 'isInstructionSync', 'saveJob']),
    );
    expect(usesOf('plugin-workflow-manual', 'plugin')).toEqual(expect.arrayContaining(['createProcessor', 'resume', 'timeoutManager']));
    expect(usesOf('plugin-workflow-loop', '@nocobase/plugin-workflow/client-v2')).toEqual(expect.arrayContaining(['Branch', 'NodeDefaultView', 'useStyles']));
    expect(usesOf('plugin-workflow-manual', '@nocobase/plugin-workflow/client')).toEqual(expect.arrayContaining(['FlowContext', 'linkNodes']));
  });

  it('a name that is not there would be noticed', () => {
    expect(serverProvided().processor.has('fly')).toBe(false);
    expect(clientExports('client').has('Fly')).toBe(false);
    expect(clientExports('client-v2').has('Fly')).toBe(false);
  });
});
