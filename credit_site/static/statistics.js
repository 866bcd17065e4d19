/* Draws each figure's table as a chart when it comes near the window; without this script the tables
   stand open. Nothing moves while it is drawn. */
"use strict";

(() => {
  const library = document.currentScript.dataset.library;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const drawn = [];
  let printing = false;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // Paper is white, whatever the screen is.
  const onPaper = {
    ink: "#000", soft: "#333", line: "#bbb", sheet: "#fff", paper: "#fff",
    series: ["#333", "#777", "#bbb"], font: "sans-serif",
  };

  const look = () => (printing ? onPaper : {
    ink: colour("--ink"),
    soft: colour("--ink-soft"),
    line: colour("--line"),
    sheet: colour("--sheet"),
    paper: colour("--paper"),
    series: [colour("--accent"), colour("--good"), colour("--pending")],
    font: getComputedStyle(document.body).fontFamily,
  });

  // A picture that is saved goes into documents: it is light, whatever the screen is.
  const inTheLight = (deed) => {
    const sheet = document.querySelector('link[href*="/dark.css"]')?.sheet;
    if (sheet) sheet.disabled = true;
    try {
      return deed();
    } finally {
      if (sheet) sheet.disabled = false;
    }
  };

  // The rows of a figure's table: what they are called, and their numbers.
  const read = (figure) => {
    const rows = [...figure.querySelectorAll("tbody tr")];
    const label = (row) => (row.querySelector("th a") ?? row.querySelector("th")).textContent.trim();
    const numbers = (row) => [...row.querySelectorAll("[data-count]")].map((cell) => Number(cell.dataset.count));
    return { labels: rows.map(label), numbers: rows.map(numbers) };
  };

  const titles = (figure) => [...figure.querySelectorAll("thead th")].slice(1).map((cell) => cell.textContent);

  const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

  const shared = (now) => ({
    animation: false,
    textStyle: { fontFamily: now.font, color: now.ink },
    color: now.series,
    tooltip: {
      trigger: "axis",
      renderMode: "richText", // nothing is written into the page: it would need inline styles
      confine: true,
      backgroundColor: now.sheet,
      borderColor: now.line,
      textStyle: { color: now.ink, fontFamily: now.font },
    },
    grid: { left: 8, right: 28, top: 16, bottom: 8, containLabel: true },
  });

  const counting = (now) => ({
    type: "value",
    minInterval: 1,
    axisLabel: { color: now.soft },
    splitLine: { lineStyle: { color: now.line } },
  });

  const naming = (now, labels, more) => ({
    type: "category",
    data: labels,
    axisLine: { lineStyle: { color: now.line } },
    axisTick: { show: false },
    axisLabel: { color: now.ink, ...more },
  });

  const numbered = (now) => ({ show: true, color: now.ink, formatter: ({ value }) => value.toLocaleString("zh-CN") });

  const bars = (figure, now, narrow) => {
    const { labels, numbers } = read(figure);
    return {
      ...shared(now),
      grid: { left: 8, right: 56, top: 8, bottom: 8, containLabel: true },
      xAxis: { ...counting(now), splitNumber: narrow ? 2 : 4 },
      yAxis: { ...naming(now, labels, { formatter: (text) => short(text, narrow ? 10 : 14) }), inverse: true },
      series: [{ type: "bar", name: titles(figure)[0], data: numbers.flat(), barMaxWidth: 20, label: { ...numbered(now), position: "right" } }],
    };
  };

  const line = (figure, now) => {
    const { labels, numbers } = read(figure);
    return {
      ...shared(now),
      xAxis: naming(now, labels, { color: now.soft, hideOverlap: true }),
      yAxis: counting(now),
      series: [{ type: "line", name: titles(figure)[0], data: numbers.flat(), symbol: "circle", symbolSize: 6, lineStyle: { width: 2.5 }, areaStyle: { opacity: 0.12 } }],
    };
  };

  // The table tells the newest month first, the chart the oldest.
  const list = (figure, now) => {
    const { labels, numbers } = read(figure);
    const names = titles(figure);
    const column = (place) => numbers.map((row) => row[place]).reverse();
    return {
      ...shared(now),
      legend: { data: names, top: 0, textStyle: { color: now.ink } },
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
      xAxis: naming(now, labels.map((text) => text.slice(0, 7)).reverse(), { color: now.soft, hideOverlap: true }),
      yAxis: counting(now),
      series: [
        { type: "bar", name: names[0], data: column(0), itemStyle: { color: now.series[1] } },
        { type: "bar", name: names[1], data: column(1), itemStyle: { color: now.series[2] } },
        { type: "line", name: names[2], data: column(2), itemStyle: { color: now.series[0] }, symbol: "circle", symbolSize: 6 },
      ],
    };
  };

  const kinds = { bars, line, list };

  const height = (figure, kind) => {
    const rows = figure.querySelectorAll("tbody tr").length;
    return kind === "bars" ? Math.max(140, rows * 30 + 50) : 320;
  };

  // A figure's place as high as its chart will be: what comes later moves nothing.
  const reserve = (figure) => {
    const place = figure.querySelector(".chart");
    place.hidden = false;
    place.style.height = `${height(figure, figure.dataset.chart)}px`;
    return place;
  };

  const once = (deed) => {
    let made;
    return () => (made ??= deed());
  };

  // ECharts comes with the first chart that somebody comes near.
  const arrival = once(() => new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src: library, onload: resolve, onerror: reject }));
  }));

  // What is to be drawn, by its place.
  const drawings = new Map();

  const asTables = () => {
    drawings.forEach((_, place) => { place.hidden = true; });
    document.querySelectorAll(".twin").forEach((twin) => { twin.open = true; });
    document.querySelectorAll(".chart ~ .chart-files [data-png]").forEach((button) => { button.hidden = true; });
  };

  // A chart is drawn when its place comes near the window.
  const watcher = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach(({ target }) => {
    watcher.unobserve(target);
    // Each in a turn of its own: the page answers in between.
    arrival().then(() => setTimeout(drawings.get(target)), asTables);
  }), { rootMargin: "200px 0px" });

  const draw = (figure) => {
    const place = figure.querySelector(".chart");
    const option = kinds[figure.dataset.chart];
    const chart = echarts.init(place, null, { renderer: "canvas" });
    const paint = () => chart.setOption(option(figure, look(), place.clientWidth < 480), true);
    const flush = () => { paint(); chart.getZr().flush(); };
    paint();
    drawn.push({ chart, paint, flush });
    return () => {
      flush();
      const address = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: look().paper });
      setTimeout(flush); // as the screen is
      return loaded(address);
    };
  };

  const save = (address, name) => {
    const link = document.createElement("a");
    link.href = address;
    link.download = `${name}.png`;
    link.click();
  };

  const loaded = (address) => new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = address;
  });

  // The map as an image: what the stylesheet says is written into a copy of it.
  const mapImage = (map) => {
    const copy = map.cloneNode(true);
    const parts = [...map.querySelectorAll("rect, text")];
    [...copy.querySelectorAll("rect, text")].forEach((part, place) => {
      const said = getComputedStyle(parts[place]);
      for (const name of ["fill", "stroke", "stroke-width", "font-family", "font-weight"]) {
        part.setAttribute(name, said.getPropertyValue(name));
      }
    });
    const { width, height: tall } = map.viewBox.baseVal;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", width * 2);
    copy.setAttribute("height", tall * 2);
    return loaded(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`);
  };

  // The lines of a text that fit a width.
  const wrapped = (pen, text, width) => {
    const found = [""];
    for (const sign of text) {
      if (pen.measureText(found.at(-1) + sign).width > width) found.push("");
      found[found.length - 1] += sign;
    }
    return found;
  };

  // A picture is sent on by itself: it says what it shows, which part of it, of which day and whose.
  const framed = (picture, figure, now) => {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const edge = 32;
    const { title, said, source } = figure.dataset;
    const written = (text, size, weight, fill) => {
      const font = `${weight} ${size}px ${now.font}`;
      pen.font = font;
      return wrapped(pen, text, picture.width - 2 * edge).map((line) => ({ line, font, fill, tall: size * 1.5 }));
    };
    const above = [...written(title, 34, 600, now.ink), ...written(said, 26, 400, now.soft)];
    const below = written(source, 22, 400, now.soft);
    const tall = (rows) => rows.reduce((sum, row) => sum + row.tall, edge);
    canvas.width = picture.width;
    canvas.height = Math.ceil(tall(above) + picture.height + tall(below) + edge);
    pen.fillStyle = now.paper;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.textBaseline = "top";
    const write = (rows, top) => rows.reduce((at, row) => {
      Object.assign(pen, { font: row.font, fillStyle: row.fill });
      pen.fillText(row.line, edge, at);
      return at + row.tall;
    }, top);
    const at = write(above, edge);
    pen.drawImage(picture, 0, at);
    write(below, at + picture.height + edge / 2);
    return canvas.toDataURL("image/png");
  };

  // How a figure's picture is made; a chart is drawn first, where it is not yet.
  const picture = (figure) => {
    const map = figure.querySelector(".tile-map");
    if (map) return () => mapImage(map);
    const drawing = once(() => draw(figure));
    drawings.set(reserve(figure), drawing);
    return () => drawing()();
  };

  const prepare = (figure) => {
    const image = picture(figure);
    figure.querySelector(".twin").open = false;
    const button = figure.querySelector("[data-png]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await arrival();
      const [made, now] = inTheLight(() => [image(), look()]);
      save(framed(await made, figure, now), figure.dataset.file);
    });
  };

  document.querySelectorAll("figure[data-chart]").forEach(prepare);
  drawings.forEach((_, place) => watcher.observe(place));

  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => drawn.forEach(({ chart, paint }) => { chart.resize(); paint(); }), 150);
  });
  dark.addEventListener("change", () => drawn.forEach(({ paint }) => paint()));

  const repaint = (forPaper) => {
    printing = forPaper;
    drawn.forEach(({ flush }) => flush());
  };
  addEventListener("beforeprint", () => {
    document.querySelectorAll(".twin").forEach((twin) => { twin.open = true; });
    if (window.echarts) drawings.forEach((drawing) => drawing());
    repaint(true);
  });
  addEventListener("afterprint", () => repaint(false));
})();
