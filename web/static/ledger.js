// The ledger page: filters, what they find as a chart and a table, and files to take away. The address says it all.
import { element } from "./element.js";
import { startFilters } from "./filters.js";
import { startKeyboard } from "./keyboard.js";
import { language, printDate, startLanguage, text } from "./language.js";
import { problemNotice } from "./notice.js";
import { get } from "./request.js";
import { assignmentTable } from "./rows.js";
import { timeline } from "./timeline.js";

const PAGE = 200;
const FORMATS = ["xlsx", "csv", "ics"];
const FILTERS = ["agency", "document", "q", "status", "role", "due_from", "due_to", "as_of"];
const NARROWEST = 280; // pixels in which a chart can still be read

function start() {
  const area = document.getElementById("page-ledger");
  const status = document.getElementById("page-status");
  const form = document.getElementById("page-filters");
  const state = { found: null, problem: null, request: null };
  const filters = startFilters(form, (query) => go(addressOf(query)));

  startLanguage(() => {
    filters.print(state.found?.counts);
    print();
  });
  startKeyboard(document.getElementById("page-question"));
  document.getElementById("page-clear").addEventListener("click", () => go(addressOf(new URLSearchParams())));
  area.addEventListener("click", follow);
  addEventListener("popstate", () => load());
  new ResizeObserver(() => chart()).observe(area);
  filters.print(null);
  load();

  /** Goes to another selection without loading the page anew. */
  function go(address) {
    if (address === location.pathname + location.search) return;
    history.pushState(null, "", address);
    load();
  }

  function follow(event) {
    const link = event.target.closest("a[href^='/ledger']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(link.getAttribute("href"));
    scrollTo({ top: 0 });
  }

  async function load() {
    state.request?.abort();
    const request = new AbortController();
    const query = selected();
    const page = pageNumber();
    Object.assign(state, { request, problem: null });
    filters.write(query);
    area.setAttribute("aria-busy", "true");
    status.textContent = text("ledger.loading");
    query.set("limit", PAGE);
    query.set("offset", (page - 1) * PAGE);
    try {
      state.found = await get(`/assignments?${query}`, request.signal);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      Object.assign(state, { problem, found: null });
    }
    filters.print(state.found?.counts);
    print();
  }

  function print() {
    const { found, problem } = state;
    document.title = [selected().get("agency"), text("ledger.page")].filter(Boolean).join(" – ");
    area.setAttribute("aria-busy", String(!found && !problem));
    if (problem) {
      status.textContent = text("ledger.failed");
      return area.replaceChildren(problemNotice(problem, load));
    }
    if (!found) return area.replaceChildren();
    status.textContent = summary(found, pageNumber());
    area.replaceChildren(
      ...[
        body(found.agency),
        element("div", { class: "chart" }),
        found.total ? files(found) : null,
        found.assignments.length ? assignmentTable(found.assignments) : null,
        paging(found.total, pageNumber()),
      ].filter(Boolean),
    );
    chart();
  }

  function chart() {
    const frame = area.querySelector(".chart");
    if (!frame || !state.found) return;
    const open = frame.querySelector("details")?.open;
    const { due_dates, as_of } = state.found;
    const drawn = timeline(due_dates, as_of, Math.max(NARROWEST, Math.floor(frame.clientWidth)), between);
    frame.replaceChildren(...[drawn].filter(Boolean));
    if (open && drawn) drawn.querySelector("details").open = true;
  }
}

function summary({ total, as_of, assignments }, page) {
  const day = printDate(as_of);
  if (!total) return text("ledger.none", { as_of: day });
  const count = text("ledger.count", { total, as_of: day });
  if (total <= PAGE) return count;
  const first = (page - 1) * PAGE + 1;
  return `${count} ${text("ledger.shown", { first, last: first + assignments.length - 1 })}`;
}

/** What the server took the agency for: with its predecessors, gone, or unknown. */
function body(agency) {
  if (!agency) return null;
  const { name, names, registered, predecessors, successor } = agency;
  if (!registered && !names.length) return element("p", { class: "notice" }, text("ledger.unknown", { name }));
  if (successor) {
    const query = selected();
    query.set("agency", successor);
    const link = element("a", { href: addressOf(query), lang: "vi" }, successor);
    return element("p", { class: "notice" }, `${text("ledger.succeeded", { name })} `, link, ".");
  }
  if (!predecessors.length) return null;
  return element("p", { class: "small" }, text("ledger.body", { name, names: predecessors.join(", ") }));
}

function files({ agency }) {
  const links = FORMATS.map((format) => {
    const query = selected();
    query.set("format", format);
    query.set("lang", language());
    return element("a", { class: "button", href: `/api/v1/assignments?${query}`, download: true }, text(`file.${format}`));
  });
  const feed = agency
    ? element("a", { href: `/feeds/${encodeURIComponent(agency.key)}.ics?lang=${language()}` }, text("ledger.feed"))
    : null;
  return element("p", { class: "files" }, element("span", { class: "small" }, text("ledger.export")), ...links, feed);
}

function paging(total, page) {
  const pages = Math.ceil(total / PAGE);
  if (pages <= 1 && page === 1) return null;
  const turn = (to, key) =>
    to >= 1 && to <= pages ? element("a", { class: "button", href: addressOf(selected(), to) }, text(key)) : null;
  return element(
    "nav",
    { class: "paging", "aria-label": text("ledger.paging") },
    turn(Math.min(page - 1, pages), "ledger.previous"),
    element("span", {}, text("ledger.at", { page, pages })),
    turn(page + 1, "ledger.next"),
  );
}

/** The filters in the address. */
function selected() {
  const asked = new URL(location.href).searchParams;
  const query = new URLSearchParams();
  for (const name of FILTERS) if (asked.get(name)?.trim()) query.set(name, asked.get(name).trim());
  return query;
}

function pageNumber() {
  const asked = Number(new URL(location.href).searchParams.get("page"));
  return Number.isInteger(asked) && asked > 1 ? asked : 1;
}

function addressOf(filters, page = 1) {
  const query = new URLSearchParams(filters);
  if (page > 1) query.set("page", page);
  const lang = new URL(location.href).searchParams.get("lang");
  if (lang) query.set("lang", lang);
  return query.size ? `/ledger?${query}` : "/ledger";
}

function between(first, last) {
  const query = selected();
  query.set("due_from", first);
  query.set("due_to", last);
  return addressOf(query);
}

start();
