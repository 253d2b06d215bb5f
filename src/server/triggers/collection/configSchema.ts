import Joi from 'joi';
import { COLLECTION_MODE } from '../../../common/constants';

const { CREATE, UPDATE, DESTROY } = COLLECTION_MODE;

/** Fields and associations mean nothing as long as it is not said when the workflow runs. */
const namesOnceModeIsSet = Joi.when('mode', {
  is: Joi.exist(),
  then: Joi.array().items(Joi.string()),
  otherwise: Joi.forbidden(),
});

/** Rules for the config of a collection trigger, as far as they need no database. */
export const collectionConfigSchema = Joi.object({
  collection: Joi.string().required(),
  mode: Joi.number().valid(CREATE, UPDATE, DESTROY, CREATE | UPDATE),
  changed: namesOnceModeIsSet,
  appends: namesOnceModeIsSet,
  condition: Joi.object().allow(null),
  nested: Joi.boolean(),
  rollbackOnFailure: Joi.boolean(),
});
