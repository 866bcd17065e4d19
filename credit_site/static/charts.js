/* What a figure's table looks like as a chart: what ECharts is to draw, and how high that is. Sizes
   follow from the letters' (now.size) and the width there is: no label is cut, whatever the screen. */
"use strict";

const figureCharts = (() => {
  const NEVER_FIRST = "、，。；：）〕》”"; // of a line
  const pen = document.createElement("canvas").getContext("2d");

  // How wide a text is in a chart's letters.
  const wide = (now, text) => {
    pen.font = `${now.size}px ${now.font}`;
    return pen.measureText(text).width;
  };

  // The lines of a text that fit a width.
  const wrapped = (measure, text, width) => {
    const found = [""];
    for (const sign of text) {
      if (measure(found.at(-1) + sign) > width && !NEVER_FIRST.includes(sign)) found.push("");
      found[found.length - 1] += sign;
    }
    return found;
  };

  // The same in lines of one length: none is left with a single sign.
  const even = (now, text, width) => {
    const measure = (part) => wide(now, part);
    const { length } = wrapped(measure, text, width);
    return wrapped(measure, text, Math.min(width, measure(text) / length + now.size));
  };

  // The rows of a figure's table: what they are called, and their numbers.
  const read = (figure) => {
    const rows = [...figure.querySelectorAll("tbody tr")];
    const label = (row) => (row.querySelector("th a") ?? row.querySelector("th")).textContent.trim();
    const numbers = (row) => [...row.querySelectorAll("[data-count]")].map((cell) => Number(cell.dataset.count));
    return { labels: rows.map(label), numbers: rows.map(numbers) };
  };

  const titles = (figure) => [...figure.querySelectorAll("thead th")].slice(1).map((cell) => cell.textContent);

  const letters = (now, color) => ({ color, fontFamily: now.font, fontSize: now.size });

  const shared = (now) => ({
    animation: false,
    textStyle: letters(now, now.ink),
    color: now.series,
    tooltip: {
      trigger: "axis",
      renderMode: "richText", // nothing is written into the page: it would need inline styles
      confine: true,
      backgroundColor: now.sheet,
      borderColor: now.line,
      textStyle: letters(now, now.ink),
    },
    grid: { left: 8, right: now.size * 2, top: now.size, bottom: 8, containLabel: true },
  });

  const counting = (now) => ({
    type: "value",
    minInterval: 1,
    axisLabel: { ...letters(now, now.soft), hideOverlap: true },
    splitLine: { lineStyle: { color: now.line } },
  });

  const naming = (now, labels, more) => ({
    type: "category",
    data: labels,
    axisLine: { lineStyle: { color: now.line } },
    axisTick: { show: false },
    axisLabel: { ...letters(now, now.ink), ...more },
  });

  const months = (now, labels) => naming(now, labels, { color: now.soft, hideOverlap: true });

  const said = (value) => value.toLocaleString("zh-CN");

  const bars = (figure, now, width) => {
    const { labels, numbers } = read(figure);
    const counts = numbers.flat();
    const narrow = width < now.size * 32;
    const names = labels.map((label) => even(now, label, width * (narrow ? 0.5 : 0.42)));
    const lineHeight = Math.round(now.size * 1.3);
    const row = Math.max(now.size * 2, Math.max(1, ...names.map((name) => name.length)) * lineHeight + now.size * 0.6);
    const right = 16 + Math.max(0, ...counts.map((count) => wide(now, said(count))));
    const number = { ...letters(now, now.ink), show: true, position: "right", formatter: ({ value }) => said(value) };
    return {
      height: Math.max(140, Math.ceil(names.length * row + now.size * 3)),
      option: {
        ...shared(now),
        grid: { left: 8, right, top: 8, bottom: 8, containLabel: true },
        xAxis: { ...counting(now), splitNumber: narrow ? 2 : 4 },
        yAxis: { ...naming(now, labels, { interval: 0, lineHeight, formatter: (_, place) => names[place].join("\n") }), inverse: true },
        series: [{ type: "bar", name: titles(figure)[0], data: counts, barMaxWidth: now.size * 1.3, label: number }],
      },
    };
  };

  const line = (figure, now) => {
    const { labels, numbers } = read(figure);
    return {
      height: Math.round(now.size * 21),
      option: {
        ...shared(now),
        xAxis: months(now, labels),
        yAxis: counting(now),
        series: [{ type: "line", name: titles(figure)[0], data: numbers.flat(), symbol: "circle", symbolSize: 6, lineStyle: { width: 2.5 }, areaStyle: { opacity: 0.12 } }],
      },
    };
  };

  // How many lines a legend takes that stands over a chart: signs of 25, gaps of 10 (ECharts).
  const legendLines = (now, names, width) => names.reduce(({ lines, taken }, name) => {
    const own = 40 + wide(now, name);
    return taken + own > width ? { lines: lines + 1, taken: own } : { lines, taken: taken + own };
  }, { lines: 1, taken: 0 }).lines;

  // The table tells the newest month first, the chart the oldest.
  const list = (figure, now, width) => {
    const { labels, numbers } = read(figure);
    const names = titles(figure);
    const column = (place) => numbers.map((row) => row[place]).reverse();
    const top = Math.ceil(legendLines(now, names, width) * (now.size + 14) + now.size);
    return {
      height: Math.round(now.size * 18) + top,
      option: {
        ...shared(now),
        legend: { data: names, top: 0, textStyle: letters(now, now.ink) },
        grid: { left: 8, right: now.size, top, bottom: 8, containLabel: true },
        xAxis: months(now, labels.map((text) => text.slice(0, 7)).reverse()),
        yAxis: counting(now),
        series: [
          { type: "bar", name: names[0], data: column(0), itemStyle: { color: now.series[1] } },
          { type: "bar", name: names[1], data: column(1), itemStyle: { color: now.series[2] } },
          { type: "line", name: names[2], data: column(2), itemStyle: { color: now.series[0] }, symbol: "circle", symbolSize: 6 },
        ],
      },
    };
  };

  const kinds = { bars, line, list };

  return {
    // A figure as a chart of a width: { option, height }.
    chart: (figure, now, width) => kinds[figure.dataset.chart](figure, now, width),
    wrapped,
  };
})();
