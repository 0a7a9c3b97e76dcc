// Due dates over time, drawn as bars: one bar for each day, month, quarter or year, stacked by status.
import { element } from "./element.js";
import { language, printDate, text } from "./language.js";

const SVG = "http://www.w3.org/2000/svg";
const STANDINGS = ["overdue", "due_soon", "upcoming", "recurring"]; // from the axis upwards
const MOST = 40; // bars that can still be told apart
const MONTHS = { month: 1, quarter: 3, year: 12 };
const HEIGHT = 190;
const SEEN = 2; // pixels that the smallest number takes
const TOP = 28; // room for the mark of the day
const BOTTOM = 24; // room for the labels of the axis
const LEFT = 34; // room for the figures
const LABEL = { day: 44, month: 58, quarter: 76, year: 40 }; // pixels that a label takes

/**
 * The chart with its figures, or null when nothing is due. `dates` are `{due, status, count}`, `asOf` the day of
 * the statuses, `width` the pixels there are, and `addressOf(first, last)` the page of what is due between.
 */
export function timeline(dates, asOf, width, addressOf) {
  if (!dates.length) return null;
  const bars = grouped(dates, asOf);
  return element(
    "figure",
    { class: "timeline" },
    element("figcaption", {}, text("timeline.title"), legend(dates)),
    drawn(bars, dates, asOf, width),
    figures(bars, addressOf),
  );
}

function grouped(dates, asOf) {
  const days = [...dates.map(({ due }) => due), asOf].sort();
  const unit = ["day", "month", "quarter"].find((one) => starts(one, days[0], days.at(-1)).length <= MOST) ?? "year";
  const bars = starts(unit, days[0], days.at(-1)).map((first) => ({ unit, first, last: end(unit, first), counts: {}, total: 0 }));
  for (const { due, status, count } of dates) {
    const bar = bars.find(({ last }) => due <= last);
    bar.counts[status] = (bar.counts[status] ?? 0) + count;
    bar.total += count;
  }
  return bars;
}

/** The first days of the periods from one day to another, at most a few more than can be drawn, except for years. */
function starts(unit, from, to) {
  const found = [];
  for (let day = start(unit, from); day <= to; day = next(unit, day)) {
    found.push(day);
    if (unit !== "year" && found.length > MOST) break;
  }
  return found;
}

function start(unit, day) {
  if (unit === "day") return day;
  const [year, month] = day.split("-").map(Number);
  const first = Math.floor((month - 1) / MONTHS[unit]) * MONTHS[unit];
  return iso(year, first, 1);
}

function next(unit, day) {
  const [year, month, date] = day.split("-").map(Number);
  return unit === "day" ? iso(year, month - 1, date + 1) : iso(year, month - 1 + MONTHS[unit], 1);
}

function end(unit, first) {
  const [year, month, date] = next(unit, first).split("-").map(Number);
  return iso(year, month - 1, date - 1);
}

/** A day as the API writes it; month and day may lie outside their range, as in `Date.UTC`. */
function iso(year, month, day) {
  const date = new Date(Date.UTC(2000, month, day));
  date.setUTCFullYear(date.getUTCFullYear() - 2000 + year); // Date.UTC takes the years 0 to 99 for 1900 to 1999
  return date.toISOString().slice(0, 10);
}

function name({ unit, first }) {
  const [year, month] = first.split("-");
  if (unit === "day") return printDate(first);
  if (unit === "month") return `${month}/${year}`;
  return unit === "quarter" ? text("timeline.quarter", { quarter: Math.ceil(month / 3), year }) : year;
}

function label(bar) {
  const [, month, day] = bar.first.split("-");
  if (bar.unit !== "day") return name(bar);
  return language() === "en" ? printDate(bar.first).replace(/ \d+$/, "") : `${day}/${month}`;
}

function drawn(bars, dates, asOf, width) {
  const most = Math.max(...bars.map(({ total }) => total));
  const step = (width - LEFT) / bars.length;
  const floor = HEIGHT - BOTTOM;
  const scale = (floor - TOP) / most;
  const every = Math.ceil(LABEL[bars[0].unit] / step);
  const parts = [
    ...[most, 0].map((count) => shape("line", { class: "grid", x1: LEFT, x2: width, y1: floor - count * scale, y2: floor - count * scale })),
    ...[most, 0].map((count) => shape("text", { class: "figure", x: LEFT - 6, y: floor - count * scale + 4 }, count)),
  ];
  bars.forEach((bar, at) => {
    let y = floor;
    for (const status of STANDINGS) {
      const count = bar.counts[status];
      if (!count) continue;
      const height = Math.max(count * scale, SEEN);
      y -= height;
      const size = { x: LEFT + at * step + step * 0.12, y, width: step * 0.76, height };
      const words = text("timeline.bar", { period: name(bar), name: text(`standing.${status}`), count });
      parts.push(shape("rect", { class: status, ...size }, shape("title", {}, words)));
    }
    const room = LEFT + (at + 0.5) * step + LABEL[bar.unit] / 2 <= width;
    if (at % every === 0 && room) parts.push(shape("text", { class: "tick", x: LEFT + (at + 0.5) * step, y: HEIGHT - 6 }, label(bar)));
  });
  parts.push(...now(bars, asOf, step, width, floor));
  const words = described(bars, dates);
  const title = shape("title", { id: "timeline-title" }, text("timeline.title"));
  const description = shape("desc", { id: "timeline-described" }, words);
  const attributes = { role: "img", "aria-labelledby": "timeline-title", "aria-describedby": "timeline-described", width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` };
  return shape("svg", attributes, title, description, ...parts);
}

/** The line of the day that the statuses refer to. */
function now(bars, asOf, step, width, floor) {
  const at = bars.findIndex(({ last }) => asOf <= last);
  const { first, last } = bars[at];
  const share = bars[at].unit === "day" ? 0.5 : (Date.parse(asOf) - Date.parse(first)) / (Date.parse(last) - Date.parse(first) || 1);
  const x = LEFT + (at + share) * step;
  const side = x > width / 2 ? "end" : "start";
  return [
    shape("line", { class: "now", x1: x, x2: x, y1: TOP - 8, y2: floor }),
    shape("text", { class: "now", x, y: TOP - 13, "text-anchor": side }, text("timeline.as_of", { date: printDate(asOf) })),
  ];
}

function described(bars, dates) {
  const days = dates.map(({ due }) => due).sort();
  const highest = bars.reduce((one, other) => (other.total > one.total ? other : one));
  const total = bars.reduce((sum, bar) => sum + bar.total, 0);
  const counted = standings(dates).map(([status, count]) => text("timeline.standing", { name: text(`standing.${status}`), count }));
  return text("timeline.described", {
    first: printDate(days[0]),
    last: printDate(days.at(-1)),
    total,
    standings: counted.join(", "),
    most: name(highest),
    count: highest.total,
  });
}

function standings(dates) {
  const counted = STANDINGS.map((status) => [
    status,
    dates.reduce((sum, one) => sum + (one.status === status ? one.count : 0), 0),
  ]);
  return counted.filter(([, count]) => count);
}

function legend(dates) {
  const items = standings(dates).map(([status, count]) =>
    element("li", { class: status }, text("timeline.standing", { name: text(`standing.${status}`), count })),
  );
  return element("ul", { class: "legend" }, ...items);
}

/** The same in words: a table whose periods lead to what is due then. */
function figures(bars, addressOf) {
  const used = STANDINGS.filter((status) => bars.some(({ counts }) => counts[status]));
  const head = [text("timeline.period"), ...used.map((status) => text(`standing.${status}`))];
  const rows = bars
    .filter(({ total }) => total)
    .map((bar) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, element("a", { href: addressOf(bar.first, bar.last) }, name(bar))),
        ...used.map((status) => element("td", {}, String(bar.counts[status] ?? 0))),
      ),
    );
  return element(
    "details",
    {},
    element("summary", {}, text("timeline.figures")),
    element(
      "table",
      { class: "figures" },
      element("thead", {}, element("tr", {}, ...head.map((words) => element("th", { scope: "col" }, words)))),
      element("tbody", {}, ...rows),
    ),
  );
}

/** An element of the drawing; numbers are rounded to a tenth of a pixel. */
function shape(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) {
    node.setAttribute(key, typeof value === "number" ? String(Math.round(value * 10) / 10) : value);
  }
  node.append(...children.map((child) => (child instanceof Node ? child : String(child))));
  return node;
}
