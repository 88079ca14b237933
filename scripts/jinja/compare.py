"""Renders whole dbt projects with real Jinja2 (set up as dbt sets it up) and with src/jinja, and compares.

    npm run build
    <venv>/bin/python scripts/jinja/compare.py --engine dist/jinja/index.js <project folder>...

The venv is the one of record.py. A project folder is any folder with a dbt_project.yml; all given projects see each
other's macros, as packages do, so give a project together with its packages (and dbt's own global project, for the
macros that every project has). No warehouse is needed: everything that dbt would offer is a stub that prints as the
call that made it. Models, analyses, tests and snapshots are rendered, macros and generic tests are called with stub
arguments; what differs is printed. `--show N` prints N differences (default 10), `--execute` sets dbt's `execute`.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from dbt_common.clients import jinja as dbt_jinja
from dbt_common.exceptions.macros import MacroReturn

MACRO_KINDS = {"macro", "test", "data_test", "materialization"}
FOLDERS = ("models", "analyses", "analysis", "tests", "snapshots", "macros")
HIDDEN = ("_", "jinja_", "unsafe_callable", "alters_data", "contextfunction", "environmentfunction")


def settle(text):
    """Without what differs from run to run."""
    return re.sub(r"<generator object \w+ at 0x[0-9a-f]+>", "<generator object>", text)


class Stub:
    """A value of which nothing is known but how it was made."""

    def __init__(self, name):
        object.__setattr__(self, "stub_name", name)

    def __getattr__(self, name):
        if name.startswith(HIDDEN):
            raise AttributeError(name)
        return Stub(f"{self.stub_name}.{name}")

    def __getitem__(self, key):
        return Stub(f"{self.stub_name}[{key}]")

    def __call__(self, *args, **kwargs):
        given = [settle(str(arg)) for arg in args]
        given += [f"{key}={settle(str(value))}" for key, value in kwargs.items() if key != "caller"]
        return Stub(f"{self.stub_name}({', '.join(given)})")

    def __str__(self):
        return self.stub_name

    __repr__ = __str__

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def __bool__(self):
        return True

    def __add__(self, other):
        return str(self) + str(other)

    def __radd__(self, other):
        return str(other) + str(self)

    def __eq__(self, other):
        return isinstance(other, Stub) and self.stub_name == other.stub_name

    def __hash__(self):
        return hash(self.stub_name)


class Config:
    def __str__(self):
        return "<config>"

    __repr__ = __str__

    def __call__(self, *args, **kwargs):
        return ""

    def get(self, name, default=None, validator=None):
        return default

    def require(self, name, validator=None):
        return Stub(f"config.{name}")

    def set(self, name, value):
        return ""

    def persist_relation_docs(self):
        return False

    def persist_column_docs(self):
        return False


class Adapter(Stub):
    def __init__(self, names):
        super().__init__("adapter")
        object.__setattr__(self, "stub_names", names)

    def dispatch(self, macro_name, macro_namespace=None, packages=None):
        found = self.stub_names.get(f"default__{macro_name}")
        return found if found is not None else Stub(f"dispatch({macro_name})")


class Generator(dbt_jinja.BaseMacroGenerator):
    templates = {}

    def __init__(self, name, macro_sql, context, parameters):
        super().__init__(context)
        self.name = name
        self.macro_sql = macro_sql
        self.parameters = parameters

    def get_name(self):
        return self.name

    def get_template(self):
        if self.macro_sql not in self.templates:
            self.templates[self.macro_sql] = dbt_jinja.get_environment().from_string(self.macro_sql, globals={})
        return self.templates[self.macro_sql]

    def __call__(self, *args, **kwargs):
        return self.call_macro(*args, **kwargs)

    def __str__(self):
        return f"<Macro '{self.name}'>"


def macro_return(data=None):
    raise MacroReturn(data)


def stub_context(execute):
    names = {
        "return": macro_return,
        "config": Config(),
        "execute": execute,
        "var": lambda name, default=None: Stub(f"var({name})") if default is None else default,
        "env_var": lambda name, default=None: Stub(f"env_var({name})") if default is None else default,
        "log": lambda *args, **kwargs: "",
        "print": lambda *args, **kwargs: "",
    }
    stubs = "ref source this model target graph api modules exceptions flags builtins context load_result store_result "
    stubs += "store_raw_result load_agate_table invocation_id run_started_at dbt_version selected_resources fromjson "
    stubs += "tojson fromyaml toyaml local_md5 zip set sql pre_hooks post_hooks database schema node column_name "
    stubs += "diff_of_two_dicts set_strict zip_strict statement_result py_current_timestring submit_python_job defer_relation"
    for name in stubs.split():
        names.setdefault(name, Stub(name))
    names["adapter"] = Adapter(names)
    return names


def collect(projects):
    files = []
    for project in projects:
        root = Path(project)
        config = (root / "dbt_project.yml").read_text(encoding="utf-8")
        package = re.search(r"^name\s*:\s*['\"]?(\w+)", config, re.M).group(1)
        for folder in FOLDERS:
            for path in sorted((root / folder).rglob("*.sql")):
                text = path.read_text(encoding="utf-8", errors="replace")
                role = "macros" if folder == "macros" or "tests/generic" in path.as_posix() else folder
                name = f"{package}/{path.relative_to(root).as_posix()}"
                files.append({"name": name, "package": package, "role": role, "text": text})
    return files


def load_macros(files, context):
    """All macros by name, the first file wins; and one namespace a package."""
    targets, failures = [], {}
    for file in files:
        if file["role"] != "macros":
            continue
        try:
            blocks = dbt_jinja.extract_toplevel_blocks(file["text"], MACRO_KINDS, collect_raw_data=False)
            found = []
            for block in blocks:
                tree = dbt_jinja.get_environment().parse(block.full_block)
                node = next(iter(tree.find_all(dbt_jinja.jinja2.nodes.Macro)))
                name = node.name.replace("dbt_macro__", "", 1)
                required = [arg.name for arg in node.args[: len(node.args) - len(node.defaults)]]
                found.append((name, Generator(name, block.full_block, context, required)))
        except Exception as error:
            failures[file["name"]] = {"error": type(error).__name__, "message": str(error)}
            continue
        for name, macro in found:
            namespace = context.setdefault(file["package"], {})
            if not isinstance(namespace, dict):
                continue
            namespace.setdefault(name, macro)
            if name not in context:
                context[name] = macro
            targets.append((f"{file['name']}#{name}", macro))
    return targets, failures


def attempt(run):
    try:
        return {"out": str(run())}
    except RecursionError:
        return {"error": "RecursionError", "message": ""}
    except Exception as error:
        while type(error).__name__.startswith("CaughtMacroError"):
            error = error.exc
        return {"error": type(error).__name__, "message": str(error)}


def render_python(files, execute):
    context = stub_context(execute)
    targets, results = load_macros(files, context)
    for file in files:
        if file["role"] == "macros":
            continue
        bodies = [file["text"]]
        if file["role"] == "snapshots" and "{% snapshot" in file["text"].replace("{%-", "{%"):
            try:
                blocks = dbt_jinja.extract_toplevel_blocks(file["text"], {"snapshot"}, collect_raw_data=False)
                bodies = [block.contents for block in blocks]
            except Exception as error:
                results[file["name"]] = {"error": type(error).__name__, "message": str(error)}
                continue
        for index, body in enumerate(bodies):
            run = lambda: dbt_jinja.get_environment().from_string(body.strip()).render(context)
            results[f"{file['name']}@{index}"] = attempt(run)
    for name, macro in targets:
        results[name] = attempt(lambda: macro(*[Stub(f"<{parameter}>") for parameter in macro.parameters]))
    return results


def compare(python, other, show):
    groups = {"identical": [], "different": [], "only here an error": [], "only in Python an error": [], "both errors": []}
    for name, ours in other.items():
        theirs = python.get(name)
        if theirs is None:
            groups["different"].append(name)
        elif "out" in theirs and "out" in ours:
            same = settle(theirs["out"]) == ours["out"]
            groups["identical" if same else "different"].append(name)
        elif "out" in theirs:
            groups["only here an error"].append(name)
        elif "out" in ours:
            groups["only in Python an error"].append(name)
        else:
            groups["both errors"].append(name)
    groups["different"] += [name for name in python if name not in other]
    for title, names in groups.items():
        print(f"{title}: {len(names)}")
    for title in ("different", "only here an error", "only in Python an error"):
        for name in groups[title][:show]:
            print(f"\n--- {title}: {name}")
            print("python:", json.dumps(python.get(name))[:1500])
            print("here:  ", json.dumps(other.get(name))[:1500])
    agree = sum(python[n]["error"] == other[n]["error"] for n in groups["both errors"])
    for name in groups["both errors"]:
        if python[name]["error"] != other[name]["error"] and show > 20:
            print("\n--- other class:", name, json.dumps(python[name])[:300], json.dumps(other[name])[:300])
    print(f"\nboth errors of the same class: {agree} of {len(groups['both errors'])}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("projects", nargs="+")
    parser.add_argument("--engine", required=True, help="the built src/jinja/index.js")
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("--execute", action="store_true")
    options = parser.parse_args()
    sys.setrecursionlimit(3000)
    files = collect(options.projects)
    with tempfile.TemporaryDirectory() as folder:
        tasks, answers = Path(folder) / "tasks.json", Path(folder) / "answers.json"
        tasks.write_text(json.dumps({"execute": options.execute, "files": files}), encoding="utf-8")
        counterpart = Path(__file__).with_name("compare.mjs")
        command = ["node", counterpart, Path(options.engine).resolve(), tasks, answers]
        subprocess.run([str(part) for part in command], check=True)
        answer = json.loads(answers.read_text(encoding="utf-8"))
    python = render_python(files, options.execute)
    print(f"{len(options.projects)} projects, {len(files)} files; parsed here: {answer['parsed']}")
    print(f"async or mapped renders that differ from the plain one: {answer['unlike']}")
    compare(python, answer["results"], options.show)


if __name__ == "__main__":
    main()
