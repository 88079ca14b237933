"""Records what Python's modules give inside a template, with dbt's own context (dbt-core 1.11).

    python record.py > expected.json        # in an environment that has dbt-core

Each case is a template; what it prints, or the class of the error that it raises, is written down.
"""

import json
import logging
import os
import sys

from dbt.context.base import get_context_modules
from dbt import deprecations
from jinja2 import Environment, StrictUndefined

deprecations.warn = lambda *args, **kwargs: None
logging.disable(logging.CRITICAL)
here = os.path.dirname(os.path.abspath(__file__))

environment = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])
expected = {}
for line in open(os.path.join(here, "cases.txt"), encoding="utf-8"):
    line = line.rstrip("\n")
    if not line or line.startswith("#"):
        continue
    source = line.replace("⏎", "\n")
    try:
        expected[line] = {"prints": environment.from_string(source).render(modules=get_context_modules())}
    except Exception as error:
        expected[line] = {"raises": type(error).__name__}
json.dump(expected, sys.stdout, ensure_ascii=False, indent=1)
sys.stdout.write("\n")
