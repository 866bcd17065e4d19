/* Draws each figure's table as a chart (charts.js) when it comes near the window; without this script
   the tables stand open. Nothing moves while it is drawn. */
"use strict";

(() => {
  const library = document.currentScript.dataset.library;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const drawn = [];
  // A picture that is saved is the same whatever it was saved on: pixels of its width and letters.
  const PICTURE = { width: 720, size: 15 };
  let printing = false;

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // Paper is white, whatever the screen is.
  const onPaper = {
    size: 15,
    ink: "#000", soft: "#333", line: "#bbb", sheet: "#fff", paper: "#fff",
    series: ["#333", "#777", "#bbb"], font: "sans-serif",
  };

  // The colours of the page, and the letters of a place on it.
  const look = (place) => (printing ? onPaper : {
    size: parseFloat(getComputedStyle(place).fontSize),
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

  const chartIn = (figure, place) => figureCharts.chart(figure, look(place), place.clientWidth);

  // A figure's place as high as its chart will be: what comes later moves nothing.
  const reserve = (figure) => {
    const place = figure.querySelector(".chart");
    place.hidden = false;
    place.style.height = `${chartIn(figure, place).height}px`;
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
    const chart = echarts.init(place, null, { renderer: "canvas" });
    const paint = () => chart.setOption(chartIn(figure, place).option, true);
    const flush = () => { paint(); chart.getZr().flush(); };
    const fit = () => { chart.resize(); paint(); };
    paint();
    drawn.push({ paint, flush, fit });
  };

  // A chart as an image: drawn anew, as wide as whole labels need.
  const chartImage = (figure) => {
    const now = { ...look(figure), size: PICTURE.size };
    const { option, height } = figureCharts.chart(figure, now, PICTURE.width);
    const size = { width: PICTURE.width, height };
    const chart = echarts.init(document.createElement("div"), null, { renderer: "canvas", ...size });
    chart.setOption(option);
    chart.getZr().flush();
    const address = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: now.paper });
    chart.dispose();
    return loaded(address);
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

  // A picture is sent on by itself: it says what it shows, which part of it, of which day and whose.
  const framed = (picture, figure, now) => {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const edge = 32;
    const { title, said, source } = figure.dataset;
    const written = (text, size, weight, fill) => {
      const font = `${weight} ${size}px ${now.font}`;
      pen.font = font;
      const measure = (part) => pen.measureText(part).width;
      return figureCharts.wrapped(measure, text, picture.width - 2 * edge).map((line) => ({ line, font, fill, tall: size * 1.5 }));
    };
    const above = [...written(title, 40, 600, now.ink), ...written(said, 30, 400, now.soft)];
    const below = written(source, 24, 400, now.soft);
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

  // How a figure's picture is made; a chart's place is kept for it, and drawn when it comes near.
  const picture = (figure) => {
    const map = figure.querySelector(".tile-map");
    if (map) return () => mapImage(map);
    drawings.set(reserve(figure), once(() => draw(figure)));
    return () => chartImage(figure);
  };

  const prepare = (figure) => {
    const image = picture(figure);
    figure.querySelector(".twin").open = false;
    const button = figure.querySelector("[data-png]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await arrival();
      const [made, now] = inTheLight(() => [image(), look(figure)]);
      save(framed(await made, figure, now), figure.dataset.file);
    });
  };

  document.querySelectorAll("figure[data-chart]").forEach(prepare);
  drawings.forEach((_, place) => watcher.observe(place));

  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      document.querySelectorAll("figure:has(> .chart:not([hidden]))").forEach(reserve);
      drawn.forEach(({ fit }) => fit());
    }, 150);
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
