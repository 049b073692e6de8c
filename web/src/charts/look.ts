import { colour } from "../design/theme.svelte";

/** How charts look in the page's theme: ECharts' names for our colours. */
export function look(): object {
  const axis = {
    axisLine: { lineStyle: { color: colour("--line-strong") } },
    axisLabel: { color: colour("--ink-quiet") },
    nameTextStyle: { color: colour("--ink-quiet") },
    splitLine: { lineStyle: { color: colour("--line") } },
  };
  return {
    color: ["--accent", "--worse", "--better", "--water", "--alarm", "--ink-quiet"].map(colour),
    textStyle: { color: colour("--ink") },
    legend: { textStyle: { color: colour("--ink") } },
    tooltip: {
      backgroundColor: colour("--ground"),
      borderColor: colour("--line-strong"),
      textStyle: { color: colour("--ink") },
    },
    categoryAxis: axis,
    valueAxis: axis,
    timeAxis: axis,
    logAxis: axis,
  };
}
