"""Reads Ingot's artifacts as a tool does, and says as JSON which nodes it found where.

    python readers.py parser|cosmos|recce PROJECT EXECUTABLE
"""

import json
import sys
from pathlib import Path

tool, project, executable = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
target = project / "target"


def parser():
    from dbt_artifacts_parser import parser as read

    def load(name):
        return json.loads((target / name).read_text())

    read.parse_catalog(load("catalog.json"))
    read.parse_sources(load("sources.json"))
    manifest = read.parse_manifest(load("manifest.json"))
    results = read.parse_run_results(load("run_results.json"))
    known = set(manifest.nodes)
    assert {result.unique_id for result in results.results} <= known
    return {"manifest.json": known}


def cosmos():
    from cosmos.config import ExecutionConfig, ProfileConfig, ProjectConfig, RenderConfig
    from cosmos.constants import ExecutionMode, InvocationMode, LoadMode
    from cosmos.dbt.graph import DbtGraph

    found = {}
    for mode in (LoadMode.DBT_LS, LoadMode.DBT_MANIFEST):
        graph = DbtGraph(
            project=ProjectConfig(project_name="shop", manifest_path=target / "manifest.json"),
            profile_config=ProfileConfig(
                profile_name="shop", target_name="dev", profiles_yml_filepath=project / "profiles.yml"
            ),
            execution_config=ExecutionConfig(dbt_executable_path=executable, dbt_project_path=project),
            render_config=RenderConfig(
                dbt_executable_path=executable,
                dbt_project_path=project,
                load_method=mode,
                invocation_mode=InvocationMode.SUBPROCESS,
            ),
        )
        graph.load(method=mode, execution_mode=ExecutionMode.LOCAL)
        found[mode.value] = [name for name in graph.filtered_nodes if not name.startswith("source.")]
    return found


def recce():
    from recce.adapter.dbt_adapter import load_catalog, load_manifest

    manifest = load_manifest(str(target / "manifest.json"))
    catalog = load_catalog(str(target / "catalog.json"))
    assert set(catalog.nodes) <= set(manifest.nodes)
    return {"manifest.json": manifest.nodes}


found = {"parser": parser, "cosmos": cosmos, "recce": recce}[tool]()
print("\n" + json.dumps({name: sorted(nodes) for name, nodes in found.items()}))
