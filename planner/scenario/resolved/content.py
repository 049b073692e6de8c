"""What tells one resolved scenario from another: a hash of the basin's content and the policy."""

import hashlib
import json

import pandas as pd

from planner.basin import Basin
from planner.scenario.policy import Policy


def content_hash(basin: Basin, policy: Policy) -> str:
    """A hexadecimal hash that is equal where the basin's settings, tables and the policy are; no arrays are made.

    It is the `hash` of the scenario that resolves to them.
    """
    digest = hashlib.sha256()
    digest.update(basin.settings.model_dump_json().encode())
    digest.update(json.dumps(policy.model_dump(mode="json"), sort_keys=True).encode())
    for name in sorted(basin.tables):
        digest.update(name.encode())
        if len(table := basin.tables[name]):
            digest.update(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes())
    return digest.hexdigest()
