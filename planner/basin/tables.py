"""The register of tables: their order is the order of reading, writing and documentation."""

from functools import cache

from planner.basin.catchments import OpportunityCost, ProtectionEffect, ProtectionQuality
from planner.basin.energy import EnergyKind
from planner.basin.field import Column, Row, columns_of
from planner.basin.groundwater import Aquifer
from planner.basin.health_targets import LogRemovalTarget
from planner.basin.horizon import Member, Season, Settings, Stage
from planner.basin.household_treatment import HouseholdRemoval, HouseholdTreatment, HouseholdWater
from planner.basin.hydropower import Turbine
from planner.basin.irrigation import IrrigationSaving
from planner.basin.leakage import LeakageReduction
from planner.basin.licences import AdministrationLicence
from planner.basin.money import Channel, ChannelAmount, ChannelEligibility, ChannelShare, LoanTerm, Subsidy
from planner.basin.operators import OperatorsPresent
from planner.basin.options import Category, Option, OptionRequirement
from planner.basin.origins import Assumption, Citation, Origin
from planner.basin.outages import Outage
from planner.basin.people import Baseline, Group, Institution, Population, Village
from planner.basin.pipes import PipeSize
from planner.basin.places import (
    Administration,
    EnvironmentalFlow,
    Inflow,
    Obligation,
    OtherUse,
    Reach,
    ReachLine,
    UseDemand,
)
from planner.basin.risk import Hazard, RiskReduction
from planner.basin.service import Asset, Mode, ModeAsset, ServicePlan
from planner.basin.site_tanks import SiteStorage, SiteTank
from planner.basin.storage import Reservoir, ReservoirEvaporation
from planner.basin.supply import (
    Link,
    Parameter,
    Source,
    SourceQuality,
    SourceYield,
    Train,
    TrainRemoval,
    TreatmentSite,
)
from planner.basin.tanks import Tank, VillageStorage
from planner.basin.train_energy import TrainEnergy
from planner.basin.use_priorities import UsePriority
from planner.basin.wastewater import (
    Load,
    LoadLimit,
    ReuseLink,
    WastewaterArea,
    WastewaterRemoval,
    WastewaterReturn,
    WastewaterSite,
)
from planner.basin.water_stress import SubBasin, SubBasinReach

ROWS: tuple[type[Row], ...] = (
    Stage, Season, Member,
    Administration, Reach, ReachLine, Inflow, EnvironmentalFlow, Obligation, OtherUse, UseDemand, UsePriority,
    SubBasin, SubBasinReach,
    Reservoir, ReservoirEvaporation, Turbine, Aquifer,
    Source, SourceYield, AdministrationLicence, LogRemovalTarget, Parameter, SourceQuality, TreatmentSite, Train, TrainRemoval,
    EnergyKind, TrainEnergy, Link, PipeSize, Outage,
    Category, Option, OptionRequirement, OperatorsPresent, ProtectionEffect, ProtectionQuality, OpportunityCost,
    LeakageReduction, IrrigationSaving, SiteTank, SiteStorage,
    Group, Village, Population, Baseline, Institution,
    WastewaterSite, WastewaterArea, WastewaterReturn, Load, LoadLimit, WastewaterRemoval, ReuseLink,
    Hazard, RiskReduction,
    Mode, Asset, ModeAsset, ServicePlan, HouseholdTreatment, HouseholdRemoval, HouseholdWater,
    Tank, VillageStorage,
    Channel, ChannelAmount, ChannelEligibility, ChannelShare, LoanTerm, Subsidy,
    Citation, Assumption, Origin,
)  # fmt: skip

ROW_OF: dict[str, type[Row]] = {row.table: row for row in ROWS}


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table, or of the settings in basin.yaml (`basin`)."""
    return columns_of(Settings if table == Settings.table else ROW_OF[table])
