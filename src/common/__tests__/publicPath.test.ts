import { describe, expect, it } from 'vitest';
import { laneFolder } from '../publicPath';

const LANE = '/static/plugins/@nocobase/plugin-workflow/dist/client-v2/';

describe('laneFolder', () => {
  it('is the folder of the running script', () => {
    const script = `https://cdn.example/nb${LANE}index.js?hash=1234`;
    expect(laneFolder(LANE, { script, base: '/' })).toBe(`https://cdn.example/nb${LANE}`);
  });

  it('is not taken from a script that bundles several plugins', () => {
    expect(laneFolder(LANE, { script: 'https://host/all.js', base: '/' })).toBe(LANE);
  });

  it('lies on the CDN when the page names one', () => {
    expect(laneFolder(LANE, { cdn: 'https://cdn.example', base: '/' })).toBe(`https://cdn.example${LANE}`);
  });

  it.each([
    ['/', LANE],
    ['/v/', LANE],
    ['/nocobase/', `/nocobase${LANE}`],
    ['/nocobase/v/', `/nocobase${LANE}`],
    ['/nocobase/v', `/nocobase${LANE}`],
    ['/v/apps/', `/v/apps${LANE}`],
  ])('below %s it is %s', (base, folder) => expect(laneFolder(LANE, { cdn: '', base, modernPrefix: 'v' })).toBe(folder));
});
