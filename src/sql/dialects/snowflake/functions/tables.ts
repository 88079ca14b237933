import type { FunctionFamily } from '../../../types/index.ts';

/** Table functions; of the many that report on the account, only the names. */
export const tables: readonly FunctionFamily[] = [
  {
    kind: 'table',
    nulls: 'never',
    lines: `
flatten (input any, path text?, outer boolean?, recursive boolean?, mode text?) => SEQ NUMBER(38,0), KEY VARCHAR, PATH VARCHAR, INDEX NUMBER(38,0), VALUE VARIANT, THIS VARIANT
split_to_table (text, text) => SEQ NUMBER(38,0), INDEX NUMBER(38,0), VALUE VARCHAR
strtok_split_to_table (text, text?) => SEQ NUMBER(38,0), INDEX NUMBER(38,0), VALUE VARCHAR
generator (rowcount integer?, timelimit integer?) ; volatile
result_scan (any) ; stable
infer_schema (any*) => COLUMN_NAME VARCHAR, TYPE VARCHAR, NULLABLE BOOLEAN, EXPRESSION VARCHAR, FILENAMES VARCHAR, ORDER_ID NUMBER(38,0)
directory, external_table_files, external_table_file_registration_history, get_query_operator_stats (any*)
get_object_references, validate, validate_pipe_load, get_lineage, semantic_view, to_query (any*)
alert_history, application_callback_history, application_configuration_value_history (any*)
application_specification_status_history, auto_refresh_registration_history, automatic_clustering_history (any*)
available_listing_refresh_history, available_listings, bind_values, complete_task_graphs, copy_history (any*)
cortex_search_batch, cortex_search_data_scan, cortex_search_refresh_history, cumulative_privacy_losses (any*)
current_task_graphs, data_metric_function_expectations, data_metric_function_references (any*)
data_quality_monitoring_expectation_status, data_quality_monitoring_results, data_transfer_history (any*)
database_refresh_history, database_refresh_progress, database_refresh_progress_by_job (any*)
database_replication_usage_history, replication_group_lag_history, estimate_hybrid_table_storage_usage, external_functions_history, database_storage_usage_history, dbt_project_execution_history (any*)
dynamic_table_graph_history, dynamic_table_refresh_history, dynamic_tables, estimate_remaining_dp_aggregates (any*)
event_usage_history, get_ai_observability_events, hybrid_table_usage_history, iceberg_table_files (any*)
iceberg_table_snapshot_refresh_history, listing_refresh_history, login_history, login_history_by_user (any*)
materialized_view_refresh_history, metering_history, model_monitor_drift_metric, model_monitor_performance_metric (any*)
model_monitor_stat_metric, network_rule_references, notification_history, online_feature_table_refresh_history (any*)
pipe_usage_history, policy_references, query_acceleration_history, query_history, query_history_by_session (any*)
query_history_by_user, query_history_by_warehouse, replication_group_dangling_references (any*)
replication_group_refresh_history, replication_group_refresh_history_all, replication_group_refresh_progress (any*)
replication_group_refresh_progress_by_job, replication_group_refresh_progress_all, replication_group_usage_history (any*)
replication_usage_history, replication_group_lag_history, estimate_hybrid_table_storage_usage, external_functions_history, rest_event_history, search_optimization_history, serverless_alert_history (any*)
serverless_task_history, snowpipe_streaming_channel_history, spcs_get_events, spcs_get_logs, spcs_get_metrics (any*)
stage_directory_file_registration_history, stage_storage_usage_history, storage_lifecycle_policy_history (any*)
tag_references, tag_references_all_columns, tag_references_with_lineage, task_dependents, task_history (any*)
user_task_history, warehouse_load_history, warehouse_metering_history, extract_semantic_categories (any*)
`,
  },
];
