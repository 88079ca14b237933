import type { FunctionFamily } from '../../../types/index.ts';

/** What the session, the account and the system say. */
export const context: readonly FunctionFamily[] = [
  {
    kind: 'scalar',
    nulls: 'maybe',
    lines: `
all_user_names, current_account, current_account_name, current_available_roles, current_client, current_database () varchar ; stable
current_ip_address, current_organization_name, current_organization_user, current_region, current_role () varchar ; stable
current_role_type, current_schema, current_schemas, current_secondary_roles, current_session, current_statement () varchar ; stable
current_transaction, current_user, current_version, current_warehouse, last_transaction () varchar ; stable
current_user_is_activated, getvariable, get_condition_query_uuid, get_anaconda_packages_repodata_by_channel (any*) ? ; stable
invoker_role, invoker_share () varchar ; stable
is_application_installed_from_same_account, is_application_role_activated, is_application_role_in_session (any*) boolean ; stable
is_database_role_in_session, is_granted_to_invoker_role, is_instance_role_in_session, is_role_in_session (any*) boolean ; stable
is_organization_user, is_organization_user_imported, is_user_imported, is_group_activated, is_group_imported (any*) boolean ; stable
is_agent_activated, is_database_role_activated, is_organization_user_group, is_organization_user_group_imported, is_role_activated (any*) boolean ; stable
last_query_id (integer?) varchar ; stable
policy_context, sys_context, set_sys_context, explain_privileges (any*) ? ; stable
get_ddl (text, text, boolean?, boolean?) varchar ; stable
generate_column_description (any*) varchar
dp_interval_high, dp_interval_low (any) ?
`,
  },
];
