// The parts of ECharts 6.1.0 that this site uses: bars, lines, a grid, tooltips, drawn on a canvas.
// Built from the npm packages:
//   npm install echarts@6.1.0 esbuild@0.28.2
//   npx esbuild echarts.subset.js --bundle --minify --format=iife --global-name=echarts \
//     --target=es2020 --legal-comments=inline --outfile=echarts.subset.min.js
export { init, use } from "echarts/core";
import { use } from "echarts/core";
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);
