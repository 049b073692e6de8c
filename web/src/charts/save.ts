import { init, use, type EChartsCoreOption } from "echarts/core";
import { colour } from "../design/theme.svelte";
import { look } from "./look";

/** Draws a chart once more, out of sight and as wide as it is shown, and hands it to the reader as a file. */
export async function saveChart(option: EChartsCoreOption, form: "svg" | "png", name: string, shown: HTMLElement): Promise<void> {
  if (form === "png") use([(await import("echarts/renderers")).CanvasRenderer]);
  const sheet = document.createElement("div");
  const size = { width: shown.clientWidth, height: shown.clientHeight };
  const chart = init(sheet, look(), { renderer: form === "png" ? "canvas" : "svg", ...size });
  chart.setOption(option);
  const link = document.createElement("a");
  link.href = chart.getDataURL({ type: form, pixelRatio: 2, backgroundColor: colour("--ground") });
  link.download = `${name}.${form}`;
  link.click();
  chart.dispose();
}
