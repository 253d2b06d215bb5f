import Joi from 'joi';
import { SCHEDULE_MODE } from '../../../common/constants';
import { MAX_MISSED, MIN_REPEAT_MS } from './config';
import { cronProblem } from './cron';
import { isTimeZone, parseTime } from './zone';

const absent = [null, ''];

const time = Joi.any()
  .allow(...absent)
  .custom((value: unknown, helpers) => (parseTime(value) === null ? helpers.error('date.base') : value))
  .messages({ 'date.base': '{{#label}} must be a valid date' });

const fieldTime = Joi.object({
  field: Joi.string().allow(...absent),
  offset: Joi.number().integer().allow(...absent),
  unit: Joi.number()
    .valid(1000, 60_000, 3_600_000, 86_400_000)
    .allow(...absent),
});

const repeat = Joi.alternatives().conditional(Joi.string().allow(''), {
  then: Joi.string()
    .allow('')
    .custom((value: string, helpers) => {
      const problem = cronProblem(value);
      return problem ? helpers.error('cron', { problem }) : value;
    })
    .messages({ cron: '{{#label}} is not a valid cron expression: {{#problem}}' }),
  otherwise: Joi.number().integer().min(MIN_REPEAT_MS).allow(null),
});

function byMode(schemas: { static: Joi.Schema; dateField: Joi.Schema }): Joi.Schema {
  return Joi.when('mode', {
    switch: [
      { is: SCHEDULE_MODE.STATIC, then: schemas.static },
      { is: SCHEDULE_MODE.DATE_FIELD, then: schemas.dateField },
    ],
    otherwise: Joi.any(),
  });
}

/** Rules for the config of a schedule trigger, as far as they need no database. */
export const scheduleConfigSchema = Joi.object({
  mode: Joi.number().valid(SCHEDULE_MODE.STATIC, SCHEDULE_MODE.DATE_FIELD),
  collection: Joi.string().allow(...absent),
  startsOn: byMode({ static: time, dateField: fieldTime.allow(...absent) }),
  endsOn: byMode({
    static: time,
    dateField: Joi.alternatives().conditional(Joi.object(), { then: fieldTime, otherwise: time }),
  }),
  repeat,
  limit: Joi.number().integer().min(0).allow(...absent),
  appends: Joi.array().items(Joi.string()).allow(null),
  timezone: Joi.string()
    .allow(...absent)
    .custom((value: string, helpers) => (isTimeZone(value) ? value : helpers.error('zone')))
    .messages({ zone: '{{#label}} must be an IANA time zone, such as "Europe/Berlin"' }),
  missed: Joi.object({
    policy: Joi.string().valid('skip', 'once', 'all').required(),
    max: Joi.number().integer().min(1).max(MAX_MISSED).allow(null),
  }).allow(null),
});
