"""Materializes a dbt project's assets with dagster-dbt and says, as JSON, what Dagster has seen.

    python materialize.py PROJECT PROFILES EXECUTABLE
"""

import json
import sys
from pathlib import Path

from dagster import AssetExecutionContext, materialize
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets

project_dir, profiles_dir, executable = (Path(word).resolve() for word in sys.argv[1:4])
project = DbtProject(project_dir=project_dir, profiles_dir=profiles_dir)
dbt = DbtCliResource(project_dir=project, dbt_executable=executable)
dbt.cli(["parse", "--quiet"], target_path=project.target_path).wait()


@dbt_assets(manifest=project.manifest_path, project=project)
def assets(context: AssetExecutionContext, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


result = materialize([assets], resources={"dbt": dbt}, raise_on_error=False)
checks = result.get_asset_check_evaluations()
materialized = [event.materialization for event in result.get_asset_materialization_events()]
print(
    "\n"
    + json.dumps(
        {
            "success": result.success,
            "known": sorted(key.to_user_string() for key in assets.keys),
            "knownChecks": len(assets.check_keys),
            "materialized": sorted(one.asset_key.to_user_string() for one in materialized),
            "timed": sum("Execution Duration" in one.metadata for one in materialized),
            "checks": sorted(
                (
                    {
                        "name": one.check_name,
                        "asset": one.asset_key.to_user_string(),
                        "passed": one.passed,
                        "severity": one.severity.value,
                    }
                    for one in checks
                ),
                key=lambda check: check["name"],
            ),
        }
    )
)
