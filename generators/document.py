"""`python -m generators.document PATH`: the service's OpenAPI document as a file, from which the page's client is typed."""

import json
import sys
from pathlib import Path

from generators.client import openapi

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(openapi()), encoding="utf-8")
