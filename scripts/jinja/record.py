"""Records what real Jinja2, set up as dbt sets it up, makes of the template cases.

    python -m venv <somewhere outside the tree>
    <venv>/bin/pip install -r scripts/jinja/requirements.txt
    <venv>/bin/python scripts/jinja/record.py tests/engine/jinja/fixtures/*.json

Each file is a list of cases. A case has `t` (the template), and may have `c` (the context), `macros` (a macro file,
loaded the way dbt loads one), `dbt` (macros in the template are invisible, as in a model), `native` (a value of a YAML
file). Recording adds `out`, or `err` (the Python class) and `msg`. `loose` keeps the message from being compared.
"""

import json
import re
import sys

from dbt_common.clients import jinja as dbt_jinja
from dbt_common.exceptions.macros import MacroReturn
from jinja2.sandbox import SandboxedEnvironment


def plain_environment():
    extensions = [
        "jinja2.ext.do",
        "jinja2.ext.loopcontrols",
        dbt_jinja.MaterializationExtension,
        dbt_jinja.DocumentationExtension,
        dbt_jinja.TestExtension,
    ]
    environment = SandboxedEnvironment(extensions=extensions)
    environment.filters.update(dbt_jinja.TEXT_FILTERS)
    return environment


class File:
    """What dbt's macro generator wants of a macro node."""

    def __init__(self, name, macro_sql):
        self.name = name
        self.macro_sql = macro_sql


class Generator(dbt_jinja.BaseMacroGenerator):
    def __init__(self, name, macro_sql, context):
        super().__init__(context)
        self.name = name
        self.template = dbt_jinja.get_environment().from_string(macro_sql, globals={})

    def get_name(self):
        return self.name

    def get_template(self):
        return self.template

    def __call__(self, *args, **kwargs):
        return self.call_macro(*args, **kwargs)


def macro_return(data=None):
    raise MacroReturn(data)


def load_macros(text, context):
    for block in dbt_jinja.extract_toplevel_blocks(text, {"macro", "test", "materialization"}, collect_raw_data=False):
        tree = dbt_jinja.get_environment().parse(block.full_block)
        node = next(iter(tree.find_all(dbt_jinja.jinja2.nodes.Macro)))
        name = node.name.replace(dbt_jinja.get_dbt_macro_name(""), "")
        context[name] = Generator(name, block.full_block, context)


def run(case):
    context = dict(case.get("c") or {})
    context["return"] = macro_return
    if case.get("native"):
        template = dbt_jinja.get_environment(native=True).from_string(case["t"], globals=context)
        return repr(template.render(context))
    if "macros" in case or case.get("dbt"):
        load_macros(case.get("macros", ""), context)
        return dbt_jinja.get_environment().from_string(case["t"]).render(context)
    del context["return"]
    return plain_environment().from_string(case["t"]).render(context)


def record(case):
    kept = {key: value for key, value in case.items() if key not in ("out", "err", "msg")}
    try:
        kept["out"] = re.sub(r" at 0x[0-9a-f]+", "", run(case))
    except Exception as error:
        while type(error).__name__.startswith("CaughtMacroError"):
            error = error.exc
        kept["err"] = type(error).__name__
        message = getattr(error, "msg", None) or getattr(error, "message", None) or str(error)
        kept["msg"] = str(message).strip().replace("dbt_macro__", "")
    return kept


def main(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            cases = [record(case) for case in json.load(file)]
        rows = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"[\n{rows}\n]\n")
        print(f"{path}: {len(cases)} cases, {sum('err' in case for case in cases)} of them errors")


if __name__ == "__main__":
    main(sys.argv[1:])
