"""Reads artifacts as dbt's own readers do, and checks them against the JSON schemas that dbt makes of its classes.

    python read-artifacts.py TARGET

The last line says what is wrong, the one before it which artifacts are not there.
"""

import json
import sys
from pathlib import Path

import jsonschema
from dbt.artifacts.schemas.catalog import CatalogArtifact
from dbt.artifacts.schemas.freshness import FreshnessExecutionResultArtifact
from dbt.artifacts.schemas.manifest import WritableManifest
from dbt.artifacts.schemas.run import RunResultsArtifact
from dbt_semantic_interfaces.implementations.semantic_manifest import PydanticSemanticManifest

readers = {
    "manifest.json": WritableManifest,
    "run_results.json": RunResultsArtifact,
    "catalog.json": CatalogArtifact,
    "sources.json": FreshnessExecutionResultArtifact,
}
target = Path(sys.argv[1])
problems = []
print(json.dumps([name for name in readers if not (target / name).exists()]))
for name, reader in readers.items():
    path = target / name
    if not path.exists():
        continue
    validator = jsonschema.Draft202012Validator(reader.json_schema())
    for error in validator.iter_errors(json.loads(path.read_text())):
        problems.append(f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
    try:
        reader.read_and_check_versions(str(path))
    except Exception as failure:
        problems.append(f"{name}: {type(failure).__name__}: {str(failure)[:300]}")
PydanticSemanticManifest.parse_raw((target / "semantic_manifest.json").read_text())
print(json.dumps(problems))
