// The list of documents on the start page. Filtering is the server's: it may hold far more than one page.
import { documentAddress, origin } from "./citation.js";
import { button, element } from "./element.js";
import { text } from "./language.js";
import { problemNotice } from "./notice.js";
import { get } from "./request.js";

const PAGE = 50;
const FILTER_FROM = 10; // documents that can still be taken in at a glance
const PAUSE = 250; // milliseconds without a keystroke before the filter is sent

/** Fills `section` and returns a function that prints it anew after a change of language. */
export function startDocuments(section) {
  const body = section.querySelector(".documents-body");
  const field = element("input", { type: "search", id: "page-filter", autocomplete: "off", spellcheck: "false" });
  const label = element("label", { for: "page-filter" });
  const filter = element("div", { class: "filter", hidden: true }, label, field);
  const listing = element("div");
  const state = { documents: null, total: 0, problem: null, request: null, timer: null };
  body.append(filter, listing);
  field.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => load(), PAUSE);
  });
  load();
  print();
  return print;

  async function load(offset = 0) {
    state.request?.abort();
    state.request = new AbortController();
    const query = new URLSearchParams({ limit: PAGE, offset });
    if (field.value.trim()) query.set("q", field.value.trim());
    try {
      const found = await get(`/documents?${query}`, state.request.signal);
      const before = offset ? state.documents : [];
      Object.assign(state, { documents: [...before, ...found.documents], total: found.total, problem: null });
    } catch (problem) {
      if (problem.name === "AbortError") return;
      state.problem = problem;
    }
    print();
  }

  function print() {
    label.textContent = text("documents.filter");
    const { documents, total, problem } = state;
    const filtering = field.value.trim() !== "";
    filter.hidden = !filtering && total <= FILTER_FROM;
    if (problem) return listing.replaceChildren(problemNotice(problem, () => load()));
    if (!documents) return listing.replaceChildren(element("p", { class: "small" }, text("documents.loading")));
    const count = text("documents.count", { shown: documents.length, total });
    const none = text(filtering ? "documents.none" : "documents.empty");
    const shown = element("p", { class: "small", role: "status" }, total === 0 ? none : count);
    const more = documents.length < total ? button(text("documents.more"), () => load(documents.length)) : null;
    const parts = [
      total === 0 || total > FILTER_FROM || filtering ? shown : null,
      documents.length ? element("ul", { class: "document-list" }, ...documents.map(row)) : null,
      more,
    ];
    listing.replaceChildren(...parts.filter(Boolean));
  }
}

function row(found) {
  return element(
    "li",
    { lang: "vi" },
    element("span", { class: "number" }, found.document_number ?? found.type ?? text("document.untyped")),
    element(
      "span",
      { class: "what" },
      element("a", { href: documentAddress(found) }, found.document_title),
      element("span", { class: "small" }, origin(found, true)),
    ),
  );
}
