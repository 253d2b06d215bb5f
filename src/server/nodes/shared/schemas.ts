import Joi from 'joi';
import { calculators } from '../../expressions/calculators';
import { checkExpression } from '../../expressions/evaluate';

/** Name of the collection, `name` or `dataSource:name`. */
export const collectionSchema = Joi.string()
  .required()
  .messages({ 'any.required': 'Collection is not configured' });

/** Booleans proper: the text "false" would count as true when the node runs. */
export const booleanSchema = Joi.boolean().strict();

/** A primary key, a list of them or an object of keys. */
export const keySchema = Joi.alternatives(Joi.string().allow(''), Joi.number(), Joi.array(), Joi.object()).allow(null);

const calculatorSchema = Joi.string()
  .allow('', null)
  .custom((name: string, helpers) =>
    calculators.get(name)
      ? name
      : helpers.message({ custom: `{{#label}}: no calculator function registered for "${name.slice(0, 100)}"` }),
  );

/** A condition of the basic engine: a comparison or a group of them. */
export const calculationSchema = Joi.object({
  group: Joi.object({
    type: Joi.string().valid('and', 'or').required(),
    calculations: Joi.array().items(Joi.link('#basicCalculation').allow(null)),
  })
    .unknown()
    .allow(null),
  calculator: calculatorSchema,
  operands: Joi.array().allow(null),
})
  .unknown()
  .id('basicCalculation');

/**
 * Says under the given path why an expression can never be evaluated.
 *
 * @returns null when it can, or when it is empty
 */
export function validateExpression(engine: unknown, expression: unknown, path: string): Record<string, string> | null {
  if (typeof engine !== 'string' || typeof expression !== 'string' || !expression.trim()) {
    return null;
  }
  const problem = checkExpression(engine, expression);
  return problem === null ? null : { [path]: `"${path}" does not parse: ${problem}` };
}
