import type { SelectProps } from 'antd';
import type { ReactNode } from 'react';
import { useT, type CollectionField } from '../../port/HostPort';
import { useFormScope } from '../context';
import { FilterDynamicComponent } from '../filter/FilterBuilder';
import type { StoredFilter } from '../filter/model';
import type { MetaTreeNode, VariableOption } from '../variables/convert';
import { RecordSelect } from './RecordSelect';
import { VariableOr } from './VariableOr';

type Tree = readonly (MetaTreeNode | VariableOption)[];

export interface UsersSelectProps {
  /** id of a user, a variable, or `{ filter }` for the users that meet conditions */
  value?: number | string | { filter: StoredFilter } | null;
  onChange?(value: UsersSelectProps['value']): void;
  nullable?: boolean;
  variableOptions?: Tree;
  transformVariableOptions?(options: Tree): Tree;
  includeDateRangeVariable?: boolean;
  dropdownFooter?: ReactNode;
  popupClassName?: string;
  disabled?: boolean;
  id?: string;
}

/** True for the id of users and for what refers to it. */
export function isUserKeyField(field: Pick<CollectionField, 'name' | 'target' | 'isForeignKey'> & { collectionName?: string }): boolean {
  return Boolean(field.isForeignKey && field.target === 'users') || (field.collectionName === 'users' && field.name === 'id');
}

const isQuery = (value: UsersSelectProps['value']): value is { filter: StoredFilter } => typeof value === 'object' && value !== null;

/** One user, a variable that holds one, or the users that meet conditions. */
export function UsersSelect(props: UsersSelectProps) {
  const { value, onChange, nullable = true, transformVariableOptions, dropdownFooter, popupClassName, disabled, id } = props;
  const readOnly = useFormScope()?.readOnly;
  const tree = props.variableOptions && (transformVariableOptions?.(props.variableOptions) ?? props.variableOptions);
  const isDisabled = disabled ?? readOnly;
  if (isQuery(value)) {
    return (
      <FilterDynamicComponent
        id={id}
        collection="users"
        disabled={isDisabled}
        value={value.filter}
        variableOptions={tree}
        includeDateRangeVariable={props.includeDateRangeVariable}
        onChange={(filter) => onChange?.({ filter: filter ?? {} })}
      />
    );
  }
  const footer: SelectProps['dropdownRender'] = dropdownFooter
    ? (menu) => (
        <>
          {menu}
          {dropdownFooter}
        </>
      )
    : undefined;
  return (
    <VariableOr
      id={id}
      value={value}
      disabled={isDisabled}
      variableOptions={tree ?? { types: [{ type: 'reference', options: { collection: 'users' } }] }}
      onChange={(next) => onChange?.(next as UsersSelectProps['value'])}
    >
      <RecordSelect
        id={id}
        collection="users"
        labelField="nickname"
        valueField="id"
        allowClear={nullable}
        disabled={isDisabled}
        popupClassName={popupClassName}
        dropdownRender={footer}
        value={value}
        onChange={(next) => onChange?.(next as UsersSelectProps['value'])}
      />
    </VariableOr>
  );
}

export interface RoleSelectProps {
  value?: string | null;
  onChange?(value: unknown): void;
  id?: string;
}

/** A role by its name. */
export function RoleSelect(props: RoleSelectProps) {
  const t = useT();
  return <RecordSelect {...props} collection="roles" valueField="name" labelField="title" placeholder={t('First role of the user')} />;
}
