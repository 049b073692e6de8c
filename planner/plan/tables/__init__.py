"""The tables of a plan: what each column is called, its unit and what it means. Their order is that of the documentation."""

from collections.abc import Collection
from functools import cache

from planner.basin.field import Column, Row, columns_of
from planner.plan.tables.accounts import Account
from planner.plan.tables.catchments import GivenUp
from planner.plan.tables.energy import Energy
from planner.plan.tables.gaps import Gap
from planner.plan.tables.groundwater import Groundwater
from planner.plan.tables.household_treatment import HouseholdTreatmentUse
from planner.plan.tables.hydropower import TurbinedFlow
from planner.plan.tables.institutions import InstitutionService
from planner.plan.tables.irrigation import IrrigationSaved
from planner.plan.tables.leakage import LeakageSaved
from planner.plan.tables.licences import LicenceUse
from planner.plan.tables.members import MemberCost
from planner.plan.tables.money import ChannelBalance, Cost, Finance, RunningCost, SubsidyPaid, Tariff
from planner.plan.tables.operators import Operators
from planner.plan.tables.quality import LogRemoval, Quality
from planner.plan.tables.results import ObjectiveResult
from planner.plan.tables.risk import HazardLevel, VillageRisk
from planner.plan.tables.rules import RuleResult
from planner.plan.tables.service import FloorResult, Service, VillagePlan
from planner.plan.tables.site_tanks import SiteTankStorage
from planner.plan.tables.storage import Storage
from planner.plan.tables.tanks import TankStorage
from planner.plan.tables.time import Assurance, CollectionTime
from planner.plan.tables.treatment_energy import TreatmentEnergy
from planner.plan.tables.use_priorities import UseSupply
from planner.plan.tables.wastewater import ReuseFlow, RiverLoad, Wastewater, WastewaterTreated
from planner.plan.tables.water import Flow, ObligationFlow, ProtectedAbstraction, River, Shortage, UseDelivery
from planner.plan.tables.water_stress import WaterStress
from planner.plan.tables.weighted_aims import WeightedAimResult
from planner.plan.tables.works import Investment, VillageAsset

ROWS: tuple[type[Row], ...] = (
    Investment, VillageAsset, VillagePlan, Service, HouseholdTreatmentUse, CollectionTime, InstitutionService,
    Flow, Quality, LogRemoval, Shortage, Assurance, River, ObligationFlow, UseDelivery, UseSupply,
    WaterStress, ProtectedAbstraction, Storage, TurbinedFlow, TankStorage, SiteTankStorage, Groundwater,
    LicenceUse, LeakageSaved, IrrigationSaved,
    Energy, TreatmentEnergy,
    Wastewater, WastewaterTreated, ReuseFlow, RiverLoad,
    HazardLevel, VillageRisk,
    Finance, ChannelBalance, RunningCost, Tariff, SubsidyPaid, GivenUp, Account, Operators,
    FloorResult, Gap, Cost, MemberCost, ObjectiveResult, WeightedAimResult, RuleResult,
)  # fmt: skip

ROW_OF: dict[str, type[Row]] = {row.table: row for row in ROWS}


def told(tables: Collection[str]) -> list[str]:
    """The tables that a plan has, of those it may have: one of an earlier release lacks those of concerns that came later.

    Raises KeyError where it lacks one that every plan has.
    """
    lacking = [name for name, row in ROW_OF.items() if name not in tables and not row.optional_table]
    if lacking:
        raise KeyError(lacking[0])
    return [name for name in ROW_OF if name in tables]


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a plan's table."""
    return columns_of(ROW_OF[table])
