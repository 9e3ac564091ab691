// The charts of the boards. Colours are the tokens' own, so that day, night and print look right;
// fills carry patterns, so that they can be told apart without seeing colours. A table beside each
// chart says the same.
import { BarChart, LineChart } from "echarts/charts";
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([
  BarChart,
  LineChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
]);

const PRINTED = 640;
const MARKS = { red: "rect", yellow: "triangle", green: "circle", blue: "circle" };
const charts = new Map();

/** A token's colour as the page shows it now. */
function colour(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(--db-${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

const words = (size = 12) => ({ color: colour("ink-2"), fontSize: size });

function frame() {
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    aria: { enabled: true, label: { enabled: false } },
    tooltip: {
      trigger: "axis",
      axisPointer: { type: "shadow", shadowStyle: { opacity: 0.06 } },
      backgroundColor: colour("surface"),
      borderColor: colour("line-2"),
      textStyle: words(13),
    },
    legend: {
      top: 0,
      left: 8,
      itemWidth: 14,
      itemHeight: 10,
      selectedMode: false,
      textStyle: words(),
    },
  };
}

const count = {
  type: "value",
  minInterval: 1,
};

function axis(told) {
  return { ...told, axisLabel: words(), splitLine: { lineStyle: { color: colour("line") } } };
}

/** Stripes on a bar: light ones on its own colour. */
function striped(name) {
  return {
    symbol: "rect",
    symbolSize: 1,
    dashArrayX: [1, 0],
    dashArrayY: [3, 5],
    rotation: -Math.PI / 4,
    color: colour(name),
  };
}

const dotted = (name) => ({
  symbol: "circle",
  symbolSize: 0.7,
  dashArrayX: [[6, 6]],
  dashArrayY: [6, 0],
  color: colour(name),
});

function trend({ labels, late, registered, closed }) {
  const most = late.data.indexOf(Math.max(...late.data));
  const told = new Set([0, most, late.data.length - 1]);
  const bar = { type: "bar", barMaxWidth: 12, barGap: "10%" };
  return {
    ...frame(),
    grid: { left: 8, right: 12, top: 34, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      data: labels,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("line-2") } },
      axisLabel: words(),
    },
    yAxis: axis(count),
    series: [
      {
        ...bar,
        name: registered.name,
        data: registered.data,
        itemStyle: {
          color: colour("surface-3"),
          borderColor: colour("line-3"),
          borderWidth: 1,
          decal: { symbol: "none" },
        },
      },
      {
        ...bar,
        name: closed.name,
        data: closed.data,
        itemStyle: { color: colour("indigo-fill"), decal: dotted("on-fill-line") },
      },
      {
        name: late.name,
        type: "line",
        data: late.data,
        symbol: "rect",
        symbolSize: 7,
        lineStyle: { width: 2.5, color: colour("red-fill") },
        itemStyle: { color: colour("red-fill"), decal: { symbol: "none" } },
        label: {
          show: true,
          formatter: ({ dataIndex, value }) => (told.has(dataIndex) ? value : ""),
          color: colour("red"),
          fontWeight: 600,
          fontSize: 13,
        },
      },
    ],
  };
}

const FILLS = {
  red: () => ({ color: colour("red-fill"), decal: striped("on-fill-line") }),
  yellow: () => ({ color: colour("yellow-fill"), decal: dotted("on-fill-line") }),
  green: () => ({ color: colour("green-fill"), decal: { symbol: "none" } }),
  blue: () => ({
    color: colour("surface"),
    borderColor: colour("blue-fill"),
    borderWidth: 1.5,
    decal: { symbol: "none" },
  }),
};

function sources({ labels, lights }) {
  const shared = frame();
  return {
    ...shared,
    legend: {
      ...shared.legend,
      data: lights.map(({ light, name }) => ({ name, icon: MARKS[light] })),
    },
    grid: { left: 8, right: 16, top: 34, bottom: 4, containLabel: true },
    xAxis: axis(count),
    yAxis: {
      type: "category",
      data: labels,
      inverse: true,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("line-2") } },
      axisLabel: words(),
    },
    series: lights.map(({ light, name, data, hrefs }) => ({
      name,
      type: "bar",
      stack: "open",
      barMaxWidth: 14,
      data: data.map((value, at) => ({ value: value || null, href: hrefs[at] })),
      itemStyle: FILLS[light](),
    })),
  };
}

const KINDS = { trend, sources };

function draw(place) {
  const told = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  if (told.kind === "sources") place.style.height = `${64 + 24 * told.labels.length}px`;
  const chart = charts.get(place) ?? init(place, null, { renderer: "svg" });
  chart.setOption(KINDS[told.kind](told), true);
  if (!charts.has(place)) {
    chart.on("click", ({ data, dataIndex }) => {
      const href = data?.href ?? told.hrefs?.[dataIndex];
      if (href) window.location.assign(href);
    });
  }
  charts.set(place, chart);
}

function drawAll() {
  for (const place of charts.keys()) {
    if (!place.isConnected) {
      charts.get(place).dispose();
      charts.delete(place);
    }
  }
  for (const place of document.querySelectorAll("[data-chart]")) draw(place);
}

function resized(width) {
  for (const chart of charts.values()) chart.resize(width ? { width } : undefined);
}

drawAll();
document.addEventListener("htmx:after:swap", drawAll);
window.addEventListener("resize", () => resized());
window.addEventListener("beforeprint", () => {
  drawAll();
  resized(PRINTED);
});
window.addEventListener("afterprint", () => {
  drawAll();
  resized();
});
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
