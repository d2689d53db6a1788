"use strict";
// Everything that a dataset brings along becomes text of elements or data of images, never markup.

const at = (id) => document.getElementById(id);
const data = (id) => JSON.parse(at(id).textContent);
const { run, scores, layers, images } = data("contents");
const setups = new Map(data("setups").map((line) => [line.setup, line]));
const ledger = data("ledger");
images.forEach((image, number) => Object.assign(image, { number, line: ledger[number] }));

const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
const drawing = (tag, attributes = {}, ...children) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};
const text = (number, places = 3) => (number == null ? "–" : String(+number.toFixed(places)));

// Pictures

// Elements that the browser has not read yet are waited for.
let waiting = [];
const whenRead = (id, use) => {
  const found = at(id);
  // The next element begins when this one is whole.
  if (found && (found.nextSibling || document.readyState !== "loading")) use(found.textContent);
  else if (document.readyState === "loading") waiting.push([id, use]);
};
const look = () => {
  const before = waiting;
  waiting = [];
  for (const [id, use] of before) whenRead(id, use);
  if (document.readyState === "loading") setTimeout(look, 100);
};
look();
document.addEventListener("DOMContentLoaded", look);

const jpeg = (base64) => `data:image/jpeg;base64,${base64}`;
// The name of a layer with how its picture comes to an image.
const sourceLayer = (pick) => (image, show) => {
  if (image.source == null) return;
  whenRead(`s${image.source}`, (json) => {
    const picture = pick(JSON.parse(json));
    if (picture) show(jpeg(picture));
  });
};
const showResult = (image, show) => whenRead(`i${image.number}`, (base64) => show(jpeg(base64)));
const showMask = (image, show) =>
  whenRead(`m${image.mask}`, (base64) => show(`data:image/png;base64,${base64}`));
const choices = [
  ["photograph", sourceLayer((pictures) => pictures.photograph)],
  ...layers.map((name, place) => [name, sourceLayer((pictures) => pictures.controls[place])]),
  ["mask", showMask],
  ["result", showResult],
];
// A picture that arrives after another image was asked for is not shown.
const fill = (target, image, layer) => {
  const ticket = (target.ticket = {});
  target.removeAttribute("src");
  layer(image, (url) => {
    if (target.ticket === ticket) target.src = url;
  });
};

// Decisions

const words = { accept: "accepted", reject: "rejected" };
const signs = { accept: "✓", reject: "✕" };
const shelf = `spolvero-report:${run.key}`;
const known = new Map(images.map((image) => [image.line.image, image]));
let decisions = new Map();
let undone = [];
let isKept = true;

const keep = () => {
  try {
    localStorage.setItem(shelf, JSON.stringify([...decisions]));
  } catch {
    if (isKept) say("This browser keeps nothing for files: export your decisions before you leave.");
    isKept = false;
  }
};
const remember = () => {
  try {
    decisions = new Map(JSON.parse(localStorage.getItem(shelf) ?? "[]"));
  } catch {
    decisions = new Map();
  }
  // What was painted again since is another image.
  for (const [path, { imageSHA256 }] of decisions) {
    if (known.has(path) && known.get(path).line.imageSHA256 !== imageSHA256) decisions.delete(path);
  }
};
const decision = (image) => decisions.get(image.line.image)?.decision;
const decide = (image, word) => {
  const { image: path, imageSHA256 } = image.line;
  undone.push([path, decisions.get(path)]);
  decisions.set(path, { decision: word, imageSHA256 });
  keep();
};
const undo = () => {
  const [path, before] = undone.pop() ?? [];
  if (!path) return say("There is nothing to undo.");
  if (before) decisions.set(path, before);
  else decisions.delete(path);
  keep();
  return known.get(path);
};
const lines = () =>
  [...decisions].map(([image, kept]) => `${JSON.stringify({ image, ...kept })}\n`).join("");
const save = () => {
  const url = URL.createObjectURL(new Blob([lines()], { type: "application/jsonl" }));
  element("a", { href: url, download: `${run.name}-decisions.jsonl` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
  say(`${decisions.size} decisions exported.`);
};
const load = (content) => {
  const found = content.split("\n").filter((line) => line.trim()).map((line) => JSON.parse(line));
  const usable = found.filter(({ image, decision, imageSHA256 }) =>
    words[decision] && (!known.has(image) || !imageSHA256 || known.get(image).line.imageSHA256 === imageSHA256));
  for (const { image, decision, imageSHA256 } of usable) {
    const hash = imageSHA256 ?? known.get(image)?.line.imageSHA256;
    undone.push([image, decisions.get(image)]);
    decisions.set(image, { decision, imageSHA256: hash });
  }
  keep();
  const left = found.length - usable.length;
  say(`${usable.length} decisions imported${left ? `, ${left} about other images left out` : ""}.`);
};

let silence;
const say = (message) => {
  at("status").textContent = message;
  clearTimeout(silence);
  silence = setTimeout(() => (at("status").textContent = ""), 4000);
};

// The run

const overview = () => {
  at("name").textContent = run.name;
  const { balance } = run;
  const shown = images.length < balance.generated ? `${images.length} of ` : "";
  at("subtitle").textContent =
    `${shown}${balance.generated} generated images, ${balance.originals} originals` +
    (run.isFinished ? "" : " – this run is not finished; what is there so far");
  const facts = [
    ["entropy, bits", `${text(balance.entropyBefore)} → ${text(balance.entropyAfter)}`],
    ["share of the most frequent class",
      `${text(100 * balance.imbalanceBefore, 1)} → ${text(100 * balance.imbalanceAfter, 1)} %`],
    ...(balance.fit ? [["median fit", text(balance.fit.median)]] : []),
    ...run.facts,
  ];
  at("facts").replaceChildren(...facts.map(([name, value]) =>
    element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: value }))));
};

// Two bars a class, and a mark where the second one ends without what is rejected.
const bars = () => {
  const rejected = run.classes.map(() => 0);
  for (const image of images) {
    if (decision(image) === "reject") for (const place of image.classes) rejected[place] += 1;
  }
  const width = Math.max(280, Math.min(at("bars").clientWidth || 900, 1100));
  const [label, right, row] = [Math.min(150, width / 3), 96, 26];
  const most = Math.max(1, ...run.classes.map(({ after }) => after));
  const long = (count) => ((width - label - right) * count) / most;
  const rows = run.classes.map(({ name, before, after, fit }, place) => {
    const [y, left] = [place * row, after - rejected[place]];
    const note = `${name}: ${before} before, ${after} after` +
      (rejected[place] ? `, ${left} without what is rejected` : "") +
      (fit == null ? "" : `; median fit ${text(fit)}`);
    const end = label + Math.max(long(after), 1) + 6;
    return drawing("g", {}, drawing("title", {}, note),
      drawing("text", { x: label - 8, y: y + 16, "text-anchor": "end" }, name.length > 22 ? `${name.slice(0, 21)}…` : name),
      drawing("rect", { class: "before", x: label, y: y + 3, width: long(before), height: 8 }),
      drawing("rect", { class: "after", x: label, y: y + 12, width: long(after), height: 8 }),
      ...(rejected[place] ? [drawing("line", { class: "left", x1: label + long(left), x2: label + long(left), y1: y + 10, y2: y + 22 })] : []),
      drawing("text", { class: "faint", x: end, y: y + 16 }, `${before} → ${rejected[place] ? left : after}`));
  });
  const [height, x] = [run.classes.length * row + 26, label];
  const legend = drawing("g", {},
    drawing("rect", { class: "before", x, y: height - 16, width: 12, height: 8 }),
    drawing("text", { x: x + 18, y: height - 8 }, "before"),
    drawing("rect", { class: "after", x: x + 74, y: height - 16, width: 12, height: 8 }),
    drawing("text", { x: x + 92, y: height - 8 }, "after"));
  at("bars").replaceChildren(drawing("svg", { viewBox: `0 0 ${width} ${height}`, role: "img",
    "aria-label": "Images of each class before and after" }, ...rows, legend));
};

const leaves = (value, path = "") =>
  value !== null && typeof value === "object"
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key))
    : [[path, String(value)]];
const counted = (values) => {
  const counts = new Map();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${value}${counts.size > 1 ? ` (${count} images)` : ""}`).join("; ");
};
const settings = () => {
  const painted = [
    ["painted on", counted(ledger.map(({ setup }) => setups.get(setup).paintedOn))],
    ...["device", "precision", "scheduler"].map((trait) =>
      [trait, counted(ledger.map(({ setup }) => setups.get(setup).generator?.[trait]))]),
  ].filter(([, value]) => value);
  const rows = (heading, pairs) => [
    element("tr", {}, element("th", { colSpan: 2, textContent: heading })),
    ...pairs.map(([name, value]) => element("tr", {},
      element("td", { textContent: name }), element("td", { textContent: value }))),
  ];
  // Who painted makes other setups, but no other settings.
  const kinds = new Map([...setups.values()].map(({ settings, models }) =>
    [JSON.stringify([settings, models]), { settings, models }]));
  const tables = [...kinds.values()].flatMap(({ settings, models }, place) => [
    ...rows(kinds.size > 1 ? `Settings ${place + 1}` : "Settings", leaves(settings)),
    ...rows("SHA-256 of the models' files", Object.entries(models)),
  ]);
  at("settings").replaceChildren(element("table", {}, ...rows("Painting", painted), ...tables));
};

// Choosing

let shown = [];
let cursor = 0;
const pageSize = 60;

const value = (image, key) =>
  key === "trust" ? image.trust : key === "place" ? image.place : image.scores[key];
const key = () => {
  const chosen = at("sort").value;
  return chosen === "trust" || chosen === "place" ? chosen : Number(chosen);
};
// Whether a low number is a good one.
const isRank = (key) => scores[key]?.isRank ?? false;

const choose = () => {
  const current = shown[cursor];
  const [query, source] = [at("words").value.toLowerCase(), at("source").value.toLowerCase()];
  const [type, wanted, by] = [at("class").value, at("decision").value, key()];
  const bound = (id) => (at(id).value === "" ? null : Number(at(id).value));
  const [low, high] = [bound("low"), bound("high")];
  const isInRange = (number) =>
    (low === null && high === null) ||
    (number != null && (low === null || number >= low) && (high === null || number <= high));
  shown = images.filter((image) =>
    (!query || image.name.toLowerCase().includes(query) || image.line.prompt.toLowerCase().includes(query)) &&
    (!source || (image.line.source ?? "").toLowerCase().includes(source)) &&
    (type === "" || image.classes.includes(Number(type))) &&
    (!wanted || (decision(image) ?? "none") === wanted) &&
    isInRange(value(image, by)));
  const sense = Number(at("order").value) * (isRank(by) ? -1 : 1);
  // What nothing is known of is the worst.
  const worth = (image) => value(image, by) ?? (isRank(by) ? Infinity : -Infinity);
  shown.sort((a, b) => {
    const [left, right] = [worth(a), worth(b)];
    return left === right ? a.place - b.place : sense * (left < right ? -1 : 1);
  });
  cursor = Math.max(0, shown.indexOf(current));
  histogram(by, low, high);
  render();
};

const histogram = (by, low, high) => {
  const numbers = images.map((image) => value(image, by)).filter((number) => number != null);
  const name = typeof by === "number" ? scores[by].name : by === "place" ? "place in the ledger" : by;
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  at("rangeName").textContent =
    numbers.length ? `${name}, ${text(least)} … ${text(most)}` : `${name}: no image has it`;
  const bins = new Array(30).fill(0);
  for (const number of numbers) {
    bins[most > least ? Math.min(29, Math.floor((30 * (number - least)) / (most - least))) : 0] += 1;
  }
  const top = Math.max(1, ...bins);
  const isOut = (bin) => {
    const middle = least + ((bin + 0.5) * (most - least)) / 30;
    return (low !== null && middle < low) || (high !== null && middle > high);
  };
  at("histogram").replaceChildren(drawing("svg", { viewBox: "0 0 180 36", role: "img",
    "aria-label": `Distribution of ${name}` }, ...bins.map((count, bin) =>
    drawing("rect", { class: isOut(bin) ? "outside" : "bin", x: 6 * bin, width: 5,
      y: 36 - (36 * count) / top, height: (36 * count) / top },
    drawing("title", {}, `${count} images`)))));
};

// The grid

const numbers = (image) => {
  const known = image.scores.map((score, place) => (score == null ? "" : `${scores[place].name} ${text(score)}`));
  return known.filter(Boolean).join(" · ") || "no score";
};
const card = (image, place) => {
  const verdict = decision(image);
  const [result, mask] = [element("img", { alt: "" }), element("img", { alt: "", className: "mask" })];
  fill(result, image, showResult);
  fill(mask, image, showMask);
  const picture = element("span", { className: "picture" }, result, mask);
  if (verdict) picture.append(element("span", { className: `badge ${verdict}`, textContent: signs[verdict] }));
  const button = element("button", {
    type: "button", className: `card ${verdict ?? ""} ${place === cursor ? "current" : ""}`,
    ariaLabel: `${image.name}, ${numbers(image)}${verdict ? `, ${words[verdict]}` : ""}`,
    onclick: () => open(place), onfocus: () => mark(place),
  }, picture, element("span", { className: "words" },
    element("span", {}, element("bdi", { textContent: image.name })),
    element("span", { className: "numbers", textContent: numbers(image) })));
  button.dataset.place = place;
  return element("li", {}, button);
};
const firstOfPage = () => cursor - (cursor % pageSize);
const render = () => {
  const start = firstOfPage();
  const page = shown.slice(start, start + pageSize);
  at("grid").replaceChildren(...page.map((image, place) => card(image, start + place)));
  at("grid").classList.toggle("masked", at("masks").checked);
  const [pages, all] = [Math.max(1, Math.ceil(shown.length / pageSize)), [...known.keys()]];
  at("page").textContent = `${start / pageSize + 1} of ${pages}`;
  at("back").disabled = start === 0;
  at("on").disabled = start + pageSize >= shown.length;
  const count = (word) => all.filter((path) => decisions.get(path)?.decision === word).length;
  at("count").textContent = `${shown.length} of ${images.length} images; ` +
    `${count("accept")} accepted, ${count("reject")} rejected`;
};
const current = () => at("grid").querySelector(`[data-place="${cursor}"]`);
const mark = (place) => {
  current()?.classList.remove("current");
  cursor = place;
  current()?.classList.add("current");
};
const move = (by) => {
  if (!shown.length) return;
  const start = firstOfPage();
  const place = Math.min(Math.max(cursor + by, 0), shown.length - 1);
  mark(place);
  if (firstOfPage() !== start) render();
  if (at("viewer").open) show();
  else current()?.focus();
};

// One image

const show = () => {
  const image = shown[cursor];
  if (!image) return at("viewer").close();
  const { line } = image;
  at("title").textContent = image.name;
  at("place").textContent = `${cursor + 1} / ${shown.length}`;
  // Without a photograph there is nothing to wipe to.
  const layer = (id) => choices[at(id).value][1];
  fill(at("left"), image, image.source == null ? showResult : layer("leftLayer"));
  fill(at("right"), image, layer("rightLayer"));
  fill(at("over"), image, showMask);
  const verdict = decision(image);
  at("verdict").textContent = verdict ? `${signs[verdict]} ${words[verdict]}` : "";
  at("verdict").className = `verdict ${verdict ?? ""}`;
  at("prompt").textContent = line.prompt;
  at("chips").replaceChildren(...image.classes.map((place) => {
    const colour = element("i");
    colour.style.background = run.classes[place].colour;
    return element("span", {}, colour, run.classes[place].name);
  }));
  const pairs = [
    ["trust", text(image.trust)], ...scores.map(({ name }, place) => [name, text(image.scores[place])]),
    ["source", line.source ?? "none"], ["copy", line.copy], ["seed", line.seed],
    ["painted at", `${line.painted.width}×${line.painted.height}`],
    ...(line.attempt ? [["attempt", line.attempt + 1]] : []),
  ];
  at("numbers").replaceChildren(...pairs.flatMap(([name, value]) =>
    [element("dt", { textContent: name }), element("dd", {}, element("bdi", { textContent: value }))]));
  at("json").textContent = JSON.stringify({ ...line, ...setups.get(line.setup) }, null, 2);
  at("again").textContent = `spolvero reproduce '${`${run.name}/${line.image}`.replaceAll("'", "'\\''")}' --model DIR`;
};
const open = (place) => {
  mark(place);
  show();
  if (!at("viewer").open) at("viewer").showModal();
};
const judge = (word) => {
  const image = shown[cursor];
  if (!image) return;
  decide(image, word);
  if (cursor < shown.length - 1) cursor += 1;
  refresh();
};
const takeBack = () => {
  const image = undo();
  if (image && shown.includes(image)) cursor = shown.indexOf(image);
  refresh();
};
const refresh = () => {
  render();
  bars();
  if (at("viewer").open) show();
  else current()?.focus();
};
const wipe = (share) => {
  at("wipe").value = share;
  at("right").style.clipPath = `inset(0 0 0 ${share}%)`;
  at("seam").style.left = `${share}%`;
};
const cover = (share) => {
  at("opacity").value = share;
  at("over").style.opacity = share / 100;
};
const shape = ({ target }) => {
  const { naturalWidth, naturalHeight } = target;
  at("stage").style.setProperty("--shape", naturalWidth / naturalHeight);
};

// Keys

const keys = [
  ["j", "→", "the next image", () => move(1), "ArrowRight"],
  ["k", "←", "the one before", () => move(-1), "ArrowLeft"],
  ["↓", "", "a row on, or the next image", () => move(row()), "ArrowDown"],
  ["↑", "", "a row back", () => move(-row()), "ArrowUp"],
  ["Enter", "", "look at an image; Escape goes back", () => open(cursor), "Enter"],
  ["a", "", "accept, and on to the next", () => judge("accept")],
  ["r", "", "reject, and on to the next", () => judge("reject")],
  ["u", "", "undo the last decision", takeBack],
  ["x", "", "flip between both pictures", () => wipe(at("wipe").value > 50 ? 0 : 100)],
  ["m", "", "mask over the image, or not", () => toggleMasks()],
  ["e", "", "export the decisions", save],
  ["?", "", "these keys", () => at("help").showModal()],
];
const row = () =>
  at("viewer").open ? 1 : getComputedStyle(at("grid")).gridTemplateColumns.split(" ").length;
const toggleMasks = () => {
  if (at("viewer").open) return cover(at("opacity").value > 0 ? 0 : 50);
  at("masks").checked = !at("masks").checked;
  render();
};
document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || at("help").open) return;
  const isRange = target.type === "range";
  const isTyped = target.tagName === "SELECT" || (target.tagName === "INPUT" && !isRange && target.type !== "checkbox");
  if (isTyped || (isRange && key.startsWith("Arrow"))) return;
  // These have an Enter of their own.
  if (key === "Enter" && (target !== document.body || at("viewer").open)) return;
  const found = keys.find(([letter, , , , name]) => key === letter || key === name);
  if (!found) return;
  event.preventDefault();
  found[3]();
});

// The page

const options = (id, pairs) =>
  at(id).replaceChildren(...pairs.map(([value, name]) => element("option", { value, textContent: name })));

const start = () => {
  remember();
  overview();
  settings();
  options("class", [["", "any"], ...run.classes.map(({ name }, place) => [place, name])]);
  options("sort", [["trust", "trust"], ...scores.map(({ name }, place) => [place, name]), ["place", "place in the ledger"]]);
  options("leftLayer", choices.map(([name], place) => [place, name]));
  options("rightLayer", choices.map(([name], place) => [place, name]));
  at("rightLayer").value = choices.length - 1;
  const sources = [...new Set(images.map(({ line }) => line.source).filter(Boolean))].sort();
  options("sources", sources.map((source) => [source, ""]));
  at("keys").replaceChildren(...keys.flatMap(([letter, other, meaning]) =>
    [element("dt", { textContent: [letter, other].filter(Boolean).join(" ") }), element("dd", { textContent: meaning })]));

  at("filters").addEventListener("input", (event) => {
    if (event.target.id === "sort") at("low").value = at("high").value = "";
    choose();
  });
  at("filters").addEventListener("submit", (event) => event.preventDefault());
  at("filters").addEventListener("reset", () => setTimeout(choose));
  at("back").onclick = () => { cursor = firstOfPage() - pageSize; render(); scrollTo(0, at("filters").offsetTop); };
  at("on").onclick = () => { cursor = firstOfPage() + pageSize; render(); scrollTo(0, at("filters").offsetTop); };
  at("accept").onclick = () => judge("accept");
  at("reject").onclick = () => judge("reject");
  at("undo").onclick = takeBack;
  at("previous").onclick = () => move(-1);
  at("next").onclick = () => move(1);
  at("close").onclick = () => at("viewer").close();
  at("viewer").addEventListener("close", () => current()?.focus());
  at("ask").onclick = () => at("help").showModal();
  at("export").onclick = save;
  at("import").onchange = async ({ target }) => {
    try {
      load(await target.files[0].text());
      refresh();
    } catch {
      say("This is no list of decisions: one JSON object a line is expected.");
    }
    target.value = "";
  };
  at("leftLayer").onchange = at("rightLayer").onchange = show;
  at("wipe").oninput = () => wipe(at("wipe").value);
  at("opacity").oninput = () => cover(at("opacity").value);
  at("right").onload = shape;
  at("stage").onpointerdown = at("stage").onpointermove = (event) => {
    if (!event.buttons) return;
    const { left, width } = at("stage").getBoundingClientRect();
    wipe(Math.min(100, Math.max(0, (100 * (event.clientX - left)) / width)));
  };
  addEventListener("resize", bars);
  wipe(50);
  cover(0);
  bars();
  choose();
};
start();
