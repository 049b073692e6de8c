"""What administrations belong to."""

import networkx as nx
import pandas as pd


def lineages(administrations: pd.DataFrame) -> dict[str, list[str]]:
    """Each administration with all it belongs to, itself first."""
    parent = dict(zip(administrations["administration"], administrations["parent"], strict=True))
    upwards: nx.DiGraph[str] = nx.DiGraph()
    upwards.add_nodes_from(parent)
    upwards.add_edges_from((child, above) for child, above in parent.items() if isinstance(above, str))
    return {name: list(nx.dfs_preorder_nodes(upwards, name)) for name in parent}
