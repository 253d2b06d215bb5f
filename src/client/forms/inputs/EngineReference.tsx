import { useT } from '../../port/HostPort';

const REFERENCES: Record<string, { title: string; url: string }> = {
  'math.js': { title: 'Math.js', url: 'https://mathjs.org/docs/expressions/syntax.html' },
  'formula.js': { title: 'Formula.js', url: 'https://formulajs.info/functions/' },
};

/** Link to the manual of an expression engine; nothing for engines without one. */
export function EngineReference({ engine }: { engine?: string }) {
  const t = useT();
  const reference = REFERENCES[engine ?? ''];
  return reference ? (
    <>
      {t('Syntax references: ')}
      <a href={reference.url} target="_blank" rel="noreferrer">
        {reference.title}
      </a>
    </>
  ) : null;
}
