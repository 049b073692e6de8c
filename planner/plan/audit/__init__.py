"""The audit: a plan's tables counted anew from the basin, without the optimisation and sharing nothing with it."""

from collections.abc import Mapping

import pandas as pd

from planner.basin import Basin
from planner.plan.audit.accounts import check_accounts
from planner.plan.audit.assets import assets_of, check_assets
from planner.plan.audit.catchments import check_given_up
from planner.plan.audit.check import Audit, AuditCheck
from planner.plan.audit.claims import missing_rows, read_claims
from planner.plan.audit.conservation import conservation_objective
from planner.plan.audit.energy import check_energy, energy_of
from planner.plan.audit.facts import Facts
from planner.plan.audit.fairness import fair_objectives
from planner.plan.audit.finance import check_finance
from planner.plan.audit.floors import check_floors
from planner.plan.audit.gaps import check_gaps
from planner.plan.audit.groundwater import check_groundwater
from planner.plan.audit.household_treatment import check_household
from planner.plan.audit.hydropower import check_hydropower
from planner.plan.audit.institutions import check_institutions
from planner.plan.audit.irrigation import check_irrigation, saving_of
from planner.plan.audit.leakage import check_leakage, saved_by_row, saved_in_links
from planner.plan.audit.licences import check_licences
from planner.plan.audit.log_removals import check_log_removals
from planner.plan.audit.members import check_members, members_of, risk_of
from planner.plan.audit.network import flows_of, network_of
from planner.plan.audit.objectives import check_costs, check_objectives, objectives_of, present_values
from planner.plan.audit.operators import check_operators
from planner.plan.audit.options import check_options, works_of
from planner.plan.audit.protection import check_protection
from planner.plan.audit.quality import check_quality
from planner.plan.audit.risk import check_risk
from planner.plan.audit.river import check_river, owed_seasons, river_of
from planner.plan.audit.rules import check_rules
from planner.plan.audit.running import check_running
from planner.plan.audit.service import check_service, service_of
from planner.plan.audit.site_tanks import check_site_tanks
from planner.plan.audit.spending import spending_of
from planner.plan.audit.storage import check_storage, standing, storage_of
from planner.plan.audit.tanks import check_tanks
from planner.plan.audit.time import check_time
from planner.plan.audit.treatment import check_treatment
from planner.plan.audit.treatment_energy import check_treatment_energy, emitted_kg_co2_per_year
from planner.plan.audit.use_priorities import check_use_priorities
from planner.plan.audit.village_floors import check_village_floors
from planner.plan.audit.wastewater import check_wastewater, used_water
from planner.plan.audit.water import check_links, check_sources, check_villages, withdrawn
from planner.plan.audit.water_stress import check_water_stress
from planner.plan.audit.weighted_aims import check_weighted_aims, weighted_sum
from planner.scenario.policy import Policy

__all__ = ["Audit", "AuditCheck", "audit"]


def rows_owed(basin: Basin) -> dict[str, int]:
    """Tables with a row in every period for each row, or each row of a sort, of a table of the basin."""
    return {
        "wastewater": len(basin.tables["wastewater_areas"]),
        "hydropower": len(basin.tables["turbines"]),
        "river_loads": len(basin.tables["load_limits"]),
        "protected_abstraction": int(basin.tables["reaches"]["protected"].sum()),
    }


def audit(basin: Basin, policy: Policy, tables: Mapping[str, pd.DataFrame]) -> Audit:
    """Check every rule of a plan: tables as in `planner.plan.tables`, for a basin without findings of severity error.

    Never raises on the plan's tables: what is malformed is a failed check, and all other rules are checked all the
    same. Tolerances are those of `planner.plan.audit.tolerances`.
    """
    facts = Facts.of(basin, policy)
    claims = read_claims(tables, facts.names)
    works, assets, service = works_of(facts, claims), assets_of(facts, claims), service_of(facts, claims)
    network = network_of(facts)
    flows = flows_of(facts, claims, network)
    taken = withdrawn(facts, network, flows)
    saved = saved_by_row(facts, works, flows)
    stands = standing(facts, works)
    storage = storage_of(facts, claims, stands)
    used = used_water(facts, claims, service.newly)
    river = river_of(facts, claims, taken, storage.held_back, used, saving_of(facts, works))
    energy = energy_of(facts, claims, works, flows)
    spending = spending_of(facts, works, assets, network, flows, energy.usd)
    values = present_values(facts, spending)
    true = objectives_of(facts, service, river, values)
    members = members_of(facts, policy, claims, network, flows, true["cost"])
    fair = fair_objectives(facts, policy, service) | conservation_objective(facts, policy, river, taken, used)
    counted = true | {name: value for name, (value, _) in fair.items()}
    grades = network.villages_reached(facts.names.size("villages"))
    return Audit(
        (
            *claims.checks,
            missing_rows(claims, facts.names, owed_seasons(facts), rows_owed(basin), int((energy.kind >= 0).sum())),
            *check_options(facts, claims, works),
            *check_assets(facts, claims, assets, service.newly),
            *check_tanks(facts, policy, claims, assets, service.newly),
            *check_service(facts, claims, service, grades),
            *check_household(facts.people.household, facts.names, claims, service.handed, facts.people.existing),
            *check_villages(facts, claims, network, flows, service.newly, saved_in_links(facts, saved)),
            *check_leakage(facts, claims, saved),
            *check_links(facts, works, flows),
            *check_treatment(facts, policy, claims, network, flows, works),
            *check_site_tanks(facts, claims, network, flows, works),
            *check_quality(facts, claims, network, flows, works),
            *check_log_removals(facts, claims, network, flows),
            *check_sources(facts, works, taken),
            *check_storage(facts, claims, storage, stands, taken),
            *check_groundwater(facts, policy, claims, taken),
            *check_licences(facts, policy, claims, taken),
            *check_energy(facts, policy, claims, energy, emitted_kg_co2_per_year(facts, network, flows)),
            *check_treatment_energy(facts, claims, network, flows),
            *check_river(facts, policy, claims, river, used),
            *check_hydropower(facts, claims, river, stands),
            *check_irrigation(facts, claims, works, river.demand, river.delivered),
            *check_use_priorities(facts, policy, claims, river.wanted, river.delivered),
            *check_water_stress(facts, policy, claims, river, taken),
            *check_protection(facts, policy, claims, works, taken),
            *check_wastewater(facts, policy, claims, works, used),
            *check_finance(facts, claims, spending),
            *check_risk(facts, policy, claims, network, works),
            *check_given_up(facts, claims, works),
            *check_running(facts, claims, service, spending),
            *check_accounts(facts, claims, service, spending),
            *check_operators(facts, claims, works, assets),
            *check_floors(facts, policy, claims, service),
            check_village_floors(facts, policy, service),
            *check_time(facts, policy, claims, service),
            *check_gaps(facts, policy, claims, service),
            *check_institutions(facts, policy, claims, service.newly),
            *check_rules(facts, policy, claims),
            *check_costs(facts, claims, values),
            *check_members(facts, policy, claims, members),
            *check_objectives(
                policy,
                claims,
                true,
                fair | weighted_sum(policy, claims, counted),
                risk_of(policy, claims, members),
            ),
            *check_weighted_aims(policy, claims, counted),
        )
    )
