"""Runs cases.json with dbt-core, dbt-duckdb and dbt_utils, and writes what they say into it.

    python record-cases.py DBT DBT_UTILS_FOLDER

DBT is the dbt program; DBT_UTILS_FOLDER a copy of github.com/dbt-labs/dbt-utils. The tests need neither.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).parent
dbt, utils = sys.argv[1], pathlib.Path(sys.argv[2]).absolute()
file = here / "cases.json"
cases = json.loads(file.read_text())
relations = {"to", "compare_model"}

with tempfile.TemporaryDirectory() as folder:
    root = pathlib.Path(folder)
    (root / "models").mkdir()
    (root / "dbt_project.yml").write_text("name: cases\nprofile: cases\nversion: 1.0.0\nconfig-version: 2\n")
    (root / "profiles.yml").write_text(
        "cases: {target: dev, outputs: {dev: {type: duckdb, path: cases.duckdb, threads: 1}}}\n")
    (root / "packages.yml").write_text(f"packages: [{{local: {json.dumps(str(utils))}}}]\n")
    for name, sql in cases["models"].items():
        (root / "models" / f"{name}.sql").write_text("{{ config(materialized='table') }}\n" + sql)
    models = {name: {"name": name, "data_tests": []} for name in cases["models"]}
    for number, case in enumerate(cases["cases"]):
        arguments = {key: f"ref('{value}')" if key in relations else value
                     for key, value in case.get("arguments", {}).items()}
        if "column" in case:
            arguments["column_name"] = case["column"]
        test = {"name": f"case_{number}", "arguments": arguments, "config": case.get("config", {})}
        models[case["model"]]["data_tests"].append({case["test"]: test})
    (root / "models" / "cases.yml").write_text(json.dumps({"version": 2, "models": list(models.values())}))
    for command in ("deps", "build"):
        subprocess.run([dbt, command, "--profiles-dir", "."], cwd=root, stdout=sys.stderr)
    results = json.loads((root / "target" / "run_results.json").read_text())["results"]

for result in results:
    kind, _, name = result["unique_id"].split(".")[:3]
    if kind == "test":
        case = cases["cases"][int(name.split("_")[1])]
        case["status"], case["failures"] = result["status"], result["failures"]

file.write_text(json.dumps(cases, indent=2, ensure_ascii=False) + "\n")
