const MAIN = 'main';

/** @example parseCollectionName('other:posts') // ['other', 'posts'] */
export function parseCollectionName(name?: string | null): [string, string] {
  const parts = (name ?? '').split(':');
  const collection = parts.pop() ?? '';
  return [parts[0] || MAIN, collection];
}

/** @example joinCollectionName('main', 'posts') // 'posts' */
export function joinCollectionName(dataSource: string | undefined, collection: string): string {
  return !dataSource || dataSource === MAIN ? collection : `${dataSource}:${collection}`;
}
