// Text that is hard to read on its ground: contrast below 4.5 (WCAG 2.2, 1.4.3).
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) =>
    colour
      .slice(0, 3)
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
  const ground = (element) => {
    for (let under = element; under; under = under.parentElement) {
      const colour = rgba(getComputedStyle(under).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return rgba("Canvas");
  };
  const faint = new Set();
  for (const element of document.querySelectorAll("body *")) {
    const speaks = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!speaks || !element.checkVisibility()) continue;
    const lights = [light(rgba(getComputedStyle(element).color)), light(ground(element))];
    const [more, less] = lights.sort((one, other) => other - one);
    if ((more + 0.05) / (less + 0.05) < 4.5)
      faint.add(`${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 20)}`);
  }
  return [...faint];
}
