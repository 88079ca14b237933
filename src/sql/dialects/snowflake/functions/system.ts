import type { FunctionFamily } from '../../../types/index.ts';

/** `SYSTEM$…`, whose arguments differ from one to the next and are not checked. */
export const system: readonly FunctionFamily[] = [
  {
    kind: 'scalar',
    nulls: 'maybe',
    lines: `
system$abort_session, system$abort_transaction, system$accept_abandoned_network_policy (any*) ? ; volatile
system$add_event, system$add_reference, system$allowlist, system$allowlist_privatelink (any*) ? ; volatile
system$authorize_privatelink, system$auto_refresh_status, system$begin_debug_application (any*) ? ; volatile
system$behavior_change_bundle_status, system$block_internal_stages_public_access, system$cancel_all_queries (any*) ? ; volatile
system$cancel_query, system$cleanup_database_role_grants, system$client_version_info (any*) ? ; volatile
system$client_vulnerability_info, system$clustering_depth, system$clustering_information (any*) ? ; volatile
system$clustering_ratio, system$commit_move_organization_account, system$convert_pipes_sqs_to_sns (any*) ? ; volatile
system$create_billing_event, system$create_billing_events, system$current_user_task_name (any*) ? ; volatile
system$data_metric_scan, system$database_refresh_history, system$database_refresh_progress (any*) ? ; volatile
system$database_refresh_progress_by_job, system$deregister_cmk_info, system$disable_behavior_change_bundle (any*) ? ; volatile
system$disable_database_replication, system$enable_behavior_change_bundle, system$estimate_automatic_clustering_costs (any*) ? ; volatile
system$estimate_query_acceleration, system$estimate_search_optimization_costs, system$explain_json_to_text (any*) ? ; volatile
system$explain_plan_json, system$external_table_pipe_status, system$finish_oauth_flow (any*) ? ; volatile
system$generate_saml_csr, system$generate_scim_access_token, system$get_all_references (any*) ? ; volatile
system$get_aws_sns_iam_policy, system$get_classification_result, system$get_cmk_info (any*) ? ; volatile
system$get_predecessor_return_value, system$get_privatelink, system$get_privatelink_config (any*) ? ; volatile
system$get_service_logs, system$get_service_status, system$get_snowflake_platform_info, system$get_tag (any*) ? ; volatile
system$get_tag_allowed_values, system$get_tag_on_current_column, system$get_tag_on_current_table (any*) ? ; volatile
system$get_task_graph_config, system$global_account_set_parameter, system$internal_stages_public_access_status (any*) ? ; volatile
system$is_application_authorized_for_telemetry_event_sharing, system$last_change_commit_time (any*) ? ; volatile
system$link_account_objects_by_name, system$list_application_restricted_features, system$log, system$log_trace (any*) ? ; volatile
system$log_debug, system$log_info, system$log_warn, system$log_error, system$log_fatal (any*) ? ; volatile
system$migrate_saml_idp_registration, system$pipe_force_resume, system$pipe_rebinding_with_notification_channel (any*) ? ; volatile
system$pipe_status, system$provision_privatelink_endpoint, system$query_reference, system$reference (any*) ? ; volatile
system$register_cmk_info, system$register_privatelink_endpoint, system$registry_list_images, system$remove_reference (any*) ? ; volatile
system$revoke_privatelink, system$schedule_async_replication_group_refresh, system$send_notifications_to_catalog (any*) ? ; volatile
system$set_reference, system$set_return_value, system$set_span_attributes, system$show_active_behavior_change_bundles (any*) ? ; volatile
system$show_budgets_in_account, system$show_oauth_client_secrets, system$snowpipe_streaming_migrate_channel_offset_token (any*) ? ; volatile
system$start_oauth_flow, system$stream_backlog, system$stream_get_table_timestamp, system$stream_has_data (any*) ? ; volatile
system$table_optimization_information, system$task_dependents_enable, system$task_runtime_info (any*) ? ; volatile
system$trigger_listing_refresh, system$unblock_internal_stages_public_access, system$unregister_privatelink_endpoint (any*) ? ; volatile
system$unset_event_sharing_account_for_region, system$user_task_cancel_ongoing_executions, system$validate_storage_integration (any*) ? ; volatile
system$verify_cmk_info, system$verify_external_oauth_token, system$verify_external_volume, system$wait (any*) ? ; volatile
system$activate_cmk_info, system$app_compatibility_check, system$catalog_link_status (any*) ? ; volatile
system$deactivate_cmk_info, system$decode_pat, system$end_debug_application, system$encode_cke_primary_key (any*) ? ; volatile
system$deprovision_privatelink_endpoint, system$evaluate_data_quality_expectations, system$ingest_rebind_pipe (any*) ? ; volatile
system$initiate_move_organization_account, system$remove_all_references, system$restore_privatelink_endpoint (any*) ? ; volatile
system$set_catalog_integration, system$unverify_dns_domain, system$verify_dns_domain (any*) ? ; volatile
system$wait_for_services, system$whitelist, system$whitelist_privatelink, system$set_event_sharing_account_for_region (any*) ? ; volatile
`,
  },
];
