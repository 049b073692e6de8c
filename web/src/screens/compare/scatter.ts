import { ScatterChart } from "echarts/charts";
import { use } from "echarts/core";

// Points are drawn on this screen only: the others need not fetch how.
use([ScatterChart]);
export {};
