export { BaseTypeSets } from '../../client/forms/variables/fieldTypes';
export { defaultFieldNames } from '../../client/forms/variables/convert';
