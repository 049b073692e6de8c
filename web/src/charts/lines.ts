import { LineChart } from "echarts/charts";
import { use } from "echarts/core";

/** Lines beside the bars that every chart can draw; for those that need them. */
use([LineChart]);
export {};
