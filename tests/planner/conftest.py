"""A small basin that nothing is wrong with: two reaches, two sources, one treatment site, three villages."""

from collections.abc import Callable
from pathlib import Path

import pytest

FILES = {
    "basin.yaml": """\
name: small
title: Small valley
description: 'Two reaches, two sources, one site: three villages.'
licence: CC0-1.0
base_year: 2026
discount_rate_share_per_year: 0.05
affordability_share: 0.03
peak_day_factor: 1.15
distribution_loss_share: 0.15
survival_litres_per_person_per_day: 20
""",
    "stages.csv": "stage,title,first_year,years\ns1,2027-2031,2027,5\ns2,2032-2036,2032,5\n",
    "seasons.csv": "season,title,days,demand_factor\ndry,Dry,180,1.02\nwet,Wet,185,0.98\n",
    "members.csv": "member,title,kind,probability\nnormal,,design,0.75\ndry_year,,design,0.25\ndrought,,stress,0.05\n",
    "administrations.csv": """\
administration,title,level,parent,account
province,Province,province,,true
upper,Upper,district,province,true
lower,Lower,district,province,false
""",
    "reaches.csv": """\
reach,title,downstream,administration,longitude,latitude,catchment_area_km2,protected
head,Head,mouth,upper,107.1,13.8,400,true
mouth,Mouth,,lower,107.0,13.7,900,false
""",
    "reach_lines.csv": "reach,point,longitude,latitude\nhead,0,107.1,13.8\nhead,1,107.05,13.75\n",
    "inflow.csv": "reach,season,member,inflow_m3_per_day\n"
    + "".join(
        f"{reach},{season},{member},{base * factor * share:g}\n"
        for reach, base in (("head", 20000), ("mouth", 15000))
        for season, factor in (("dry", 1), ("wet", 6))
        for member, share in (("normal", 1), ("dry_year", 0.6), ("drought", 0.4))
    ),
    "environmental_flow.csv": """\
reach,season,environmental_flow_m3_per_day,method
head,dry,9000,variable_monthly_flow
head,wet,30000,variable_monthly_flow
mouth,dry,15000,given
""",
    "obligations.csv": "obligation,reach,season,flow_m3_per_day\ntreaty,mouth,dry,8000\ntreaty,mouth,wet,20000\n",
    "other_uses.csv": """\
use,title,kind,administration,reach,return_reach,return_share,value_usd_per_m3
rice,"Rice, two crops",irrigation,lower,head,mouth,0.2,0.05
""",
    "use_demand.csv": "use,season,demand_m3_per_day\nrice,dry,3000\nrice,wet,500\n",
    "sources.csv": """\
source,title,kind,administration,reach,longitude,latitude,elevation_m,existing,licence_m3_per_year,required_log_removal_bacteria,required_log_removal_viruses,required_log_removal_protozoa,required_barriers
spring,Hill spring,spring,upper,head,107.1,13.8,320,true,120000,0,0,0,0
intake,River intake,river_intake,lower,mouth,107.0,13.7,180,false,,4,3,2,2
""",
    "source_yields.csv": "source,season,member,yield_m3_per_day\n"
    + "".join(
        f"{source},{season},{member},{amount}\n"
        for source, amount in (("spring", 60), ("intake", 2000))
        for season in ("dry", "wet")
        for member in ("normal", "dry_year", "drought")
    ),
    "parameters.csv": "parameter,title,unit,guideline_value\narsenic,Arsenic,µg/L,10\n",
    "source_quality.csv": "source,season,parameter,value\nintake,dry,arsenic,12\nintake,wet,arsenic,6\n",
    "treatment_sites.csv": "site,title,administration,longitude,latitude,elevation_m\n"
    "works,Works,lower,107.02,13.72,230\n",
    "trains.csv": """\
train,title,log_removal_bacteria,log_removal_viruses,log_removal_protozoa,barriers,recovery_share,variable_om_usd_per_m3
slow_sand,Slow sand and chlorine,4,3,2,2,0.95,0.03
""",
    "train_removals.csv": "train,parameter,removal_share\nslow_sand,arsenic,0.3\n",
    "links.csv": """\
link,from_node,to_node,kind,length_km,lift_m,loss_share,existing_capacity_m3_per_day,variable_om_usd_per_m3
spring_hilltop,spring,hilltop,gravity,1.2,-40,0.02,30,0
intake_works,intake,works,pumped,2.5,50,0.02,0,0.04
works_midway,works,midway,gravity,1.8,-20,0.05,0,0
midway_riverside,midway,riverside,gravity,2.2,-15,0.05,0,0
""",
    "categories.csv": "category,title\nsource,\ntreatment,\nconveyance,\ntaps,\n",
    "options.csv": """\
option,title,kind,place,train,technology,category,administration,capacity_m3_per_day,capex_usd,capex_usd_per_m3_per_day,fixed_om_usd_per_year,fixed_om_usd_per_year_per_m3_per_day,life_years,lead_time_stages,earliest_stage,exclusive_group
open_intake,,source_development,intake,,intake,source,lower,,20000,0,500,0,30,0,,
sand_works,,treatment,works,slow_sand,slow_sand,treatment,lower,800,15000,120,900,4,25,0,,
main_110,,conveyance,intake_works,,pipe_110,conveyance,lower,400,30000,0,300,0,40,0,,main
main_160,,conveyance,intake_works,,pipe_160,conveyance,lower,900,42000,0,350,0,40,1,,main
pipe_midway,,conveyance,works_midway,,pipe_90,conveyance,lower,200,18000,0,150,0,40,0,,
pipe_riverside,,conveyance,midway_riverside,,pipe_90,conveyance,lower,150,16000,0,150,0,40,0,s2,
""",
    "option_requirements.csv": "option,requires\nsand_works,open_intake\npipe_riverside,pipe_midway\n",
    "groups.csv": "group,title,weight\npoor,Poor,1.5\nother,Other,1\n",
    "villages.csv": """\
village,title,administration,longitude,latitude,elevation_m
hilltop,Hilltop,upper,107.09,13.79,280
midway,Midway,lower,107.04,13.73,210
riverside,Riverside,lower,107.01,13.71,190
""",
    "population.csv": "village,group,persons,growth_share_per_year,income_usd_per_person_per_year\n"
    + "".join(
        f"{village},{group},{persons},0.02,{income}\n"
        for village, total in (("hilltop", 300), ("midway", 500), ("riverside", 400))
        for group, persons, income in (("poor", total * 0.4, 200), ("other", total * 0.6, 450))
    ),
    "baseline.csv": "village,group,mode,share\n"
    + "".join(
        f"{village},{group},{mode},{share}\n"
        for village in ("hilltop", "midway", "riverside")
        for group in ("poor", "other")
        for mode, share in (("surface", 0.5), ("borehole", 0.4), ("public_tap", 0.1))
    ),
    "institutions.csv": """\
institution,title,village,kind,persons,litres_per_person_per_day
midway_school,Midway school,midway,school,90,5
""",
    "modes.csv": """\
mode,title,rung,grade,litres_per_person_per_day,collection_minutes,pays_tariff
surface,Stream,0,none,20,40,false
borehole,Borehole,3,none,25,20,false
public_tap,Public tap,4,safe,40,15,true
""",
    "assets.csv": """\
asset,title,technology,category,capex_usd,fixed_om_usd_per_year,life_years
point,Borehole with handpump,handpump,taps,6000,300,20
stand,Public tap stand,tap_stand,taps,900,60,15
network,Village pipes,pipe_63,taps,12000,200,40
""",
    "mode_assets.csv": """\
mode,asset,basis,persons_per_unit
borehole,point,persons_on_mode,150
public_tap,stand,persons_on_mode,100
public_tap,network,village,1
""",
    "service_plans.csv": """\
service_plan,group,mode,share
points,,borehole,0.95
taps,,public_tap,0.95
taps_for_the_poor,poor,public_tap,1
taps_for_the_poor,other,public_tap,0.5
""",
    "channels.csv": "channel,title,kind,carry_over\ngrant,Grant,government_grant,true\naid,Aid,aid,false\n"
    "bank,Bank,concessional_loan,false\n",
    "channel_amounts.csv": "channel,stage,amount_usd\ngrant,s1,150000\ngrant,s2,80000\naid,s1,40000\naid,s2,0\n"
    "bank,s1,5000\nbank,s2,5000\n",
    "channel_eligibility.csv": """\
channel,category,administration
bank,source,
grant,source,
grant,treatment,
grant,conveyance,
grant,taps,
aid,taps,lower
aid,taps,province
""",
    "loan_terms.csv": "channel,interest_share_per_year,grace_years,term_years\nbank,0.02,5,20\n",
    "channel_shares.csv": "channel,category,largest_share,smallest_share\naid,taps,0.9,0.05\n",
    "subsidies.csv": "subsidy,stage,administration,amount_usd_per_year\nom_fund,s1,,9000\nom_fund,s2,,9000\n",
    "citations.csv": "citation,title,licence\nsurvey,Survey of 2025,CC BY 4.0\n",
    "assumptions.csv": "assumption,title,value,low,high,unit,why\n"
    "pipe_cost,Price of pipe,13,8,22,USD/m,No tender was found.\n",
    "origins.csv": """\
of_table,of_column,origin,assumption,citation,note
options,capex_usd,assumed,pipe_cost,,Length × price.
population,persons,given,,survey,
""",
}  # fmt: skip


@pytest.fixture
def small_basin(tmp_path: Path) -> Path:
    """The folder of the small valid basin."""
    folder = tmp_path / "small"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


@pytest.fixture
def change(small_basin: Path) -> Callable[[str, str, str], None]:
    """Replace a text, which stands there once, in one file of the small basin."""

    def replace(file: str, old: str, new: str) -> None:
        path = small_basin / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8", newline="")

    return replace
