import { useT } from '../host/translation';

const REFERENCES: Record<string, { title: string; url: string }> = {
  'math.js': { title: 'Math.js', url: 'https://mathjs.org/' },
  'formula.js': { title: 'Formula.js', url: 'https://formulajs.info/' },
};

function EngineReference({ engine }: { engine: string }) {
  const t = useT();
  const reference = REFERENCES[engine];
  if (!reference) return null;
  return (
    <>
      {t('Syntax references: ')}
      <a href={reference.url} target="_blank" rel="noreferrer">
        {reference.title}
      </a>
    </>
  );
}

/** A link to the manual of an expression engine. */
export const renderEngineReference = (engine: string) => <EngineReference engine={engine} />;
