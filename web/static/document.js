// The page of one document, at `/d/{id}` or `/d/{id}/{clause}`; a `#clause` goes before the one in the path, and
// `#page-3` means the picture of that page beside the clause.
import { documentAddress, origin } from "./citation.js";
import { clauseContents, clauseName, clauseSections, fragment } from "./clauses.js";
import { element } from "./element.js";
import { startKeyboard } from "./keyboard.js";
import { printDate, startLanguage, text } from "./language.js";
import { problemNotice } from "./notice.js";
import { get } from "./request.js";
import { clauseSheets, SHEET } from "./sheets.js";

const WIDE = "(min-width: 64rem)"; // as in style.css: the contents stand beside the text

function start() {
  const area = document.getElementById("page-document");
  const status = document.getElementById("page-status");
  const asked = inPath(location.pathname);
  const state = { found: null, problem: null };

  startLanguage(() => {
    print();
    mark();
  });
  startKeyboard(document.getElementById("page-question"));
  addEventListener("hashchange", () => follow());
  load();

  async function load() {
    Object.assign(state, { found: null, problem: null });
    status.textContent = text("document.loading");
    print();
    try {
      state.found = await get(`/documents/${encodeURIComponent(asked.id)}`);
    } catch (problem) {
      state.problem = problem;
    }
    print();
    status.textContent = state.found ? text("document.loaded") : "";
    follow();
  }

  function print() {
    const { found, problem } = state;
    if (problem) area.replaceChildren(...failure(problem, load));
    else if (!found) area.replaceChildren(element("p", { class: "waiting" }, text("document.loading")));
    else {
      document.title = `${heading(found)} – ${text("site.name")}`;
      area.replaceChildren(...parts(found));
    }
  }

  function cited() {
    const part = decode(location.hash.slice(1));
    return SHEET.test(part) ? asked.clause : part || asked.clause;
  }

  /** Marks the cited clause and says so when there is none; returns its element. */
  function mark() {
    for (const node of area.querySelectorAll(".cited")) node.classList.remove("cited");
    for (const node of area.querySelectorAll(".contents [aria-current]")) node.removeAttribute("aria-current");
    area.querySelector(".no-clause")?.remove();
    area.querySelector(".sheets")?.remove();
    const path = cited();
    if (!path || !state.found) return null;
    const section = document.getElementById(path);
    if (section?.classList.contains("clause")) {
      section.classList.add("cited");
      line(path)?.setAttribute("aria-current", "location");
      const shown = clauseSheets(state.found.document_id, clauseAt(state.found.clauses, path));
      if (shown) section.querySelector(".own").after(shown);
      return section;
    }
    // A fragment of the page itself, such as the skip link's.
    if (section) return null;
    const words = text("document.no_clause", { path });
    area.querySelector(".paper")?.prepend(element("p", { class: "notice no-clause", role: "alert" }, words));
    return null;
  }

  function line(path) {
    return [...area.querySelectorAll(".contents [data-path]")].find((node) => node.dataset.path === path);
  }

  function follow() {
    const section = mark();
    if (!section) return;
    if (matchMedia(WIDE).matches) line(section.id)?.scrollIntoView({ block: "center" });
    const part = decode(location.hash.slice(1));
    const sheet = SHEET.test(part) ? document.getElementById(part) : null;
    if (sheet) sheet.querySelector("rect").scrollIntoView({ block: "center" });
    else section.scrollIntoView({ block: "start" });
    section.querySelector(".own").focus({ preventScroll: true });
    status.textContent = text("document.cited", { path: clauseName(section.id) });
  }
}

function clauseAt(clauses, path) {
  for (const clause of clauses) {
    const found = clause.path === path ? clause : clauseAt(clause.children, path);
    if (found) return found;
  }
  return null;
}

function inPath(pathname) {
  const [, , id = "", ...clause] = pathname.split("/").map(decode);
  return { id, clause: clause.join("/") };
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function heading({ type, document_number }) {
  if (!document_number) return type ?? text("document.untyped");
  return type ? text("document.number", { type, number: document_number }) : document_number;
}

function failure(problem, retry) {
  const missing = problem.status === 404;
  document.title = `${text(missing ? "document.not_found" : "document.failed")} – ${text("site.name")}`;
  return [
    element("h1", {}, text(missing ? "document.not_found" : "document.failed")),
    problemNotice(problem, retry),
    element("p", {}, element("a", { href: "/" }, text("document.home"))),
  ];
}

function parts(found) {
  return [
    header(found),
    element(
      "div",
      { class: "reading" },
      contents(found),
      element("div", { class: "paper" }, ...clauseSections(found.clauses), recipients(found), references(found)),
    ),
  ];
}

function header(found) {
  const file = element("a", { href: `/api/v1/documents/${encodeURIComponent(found.document_id)}/source` }, found.source);
  const facts = [
    ["document.issuer", found.issuer],
    ["document.date", found.document_date ? printDate(found.document_date) : text("citation.undated")],
    ["document.signer", found.signer],
    ["document.file", file],
  ].filter(([, value]) => value);
  return element(
    "header",
    { class: "document-head" },
    element("p", { class: "document-number", lang: "vi" }, heading(found)),
    element("h1", { lang: "vi" }, found.document_title),
    element(
      "dl",
      { class: "facts" },
      ...facts.map(([key, value]) => element("div", {}, element("dt", {}, text(key)), element("dd", { lang: "vi" }, value))),
    ),
    found.warnings?.length ? warnings(found.warnings) : null,
  );
}

function warnings(sentences) {
  return element(
    "div",
    { class: "notice" },
    element("h2", {}, text("document.warnings")),
    element("ul", { lang: "vi" }, ...sentences.map((sentence) => element("li", {}, sentence))),
  );
}

function contents({ clauses }) {
  const list = clauseContents(clauses);
  if (!list) return null;
  return element(
    "nav",
    { class: "contents", "aria-label": text("document.contents") },
    element("details", { open: matchMedia(WIDE).matches }, element("summary", {}, text("document.contents")), list),
  );
}

function recipients({ recipients: names }) {
  if (!names?.length) return null;
  return element(
    "section",
    { class: "after" },
    element("h2", {}, text("document.recipients")),
    element("ul", { lang: "vi" }, ...names.map((name) => element("li", {}, name))),
  );
}

function references({ references: found }) {
  const groups = [
    ["document.references_out", cites(found?.out ?? [])],
    ["document.references_in", (found?.in ?? []).map(citing)],
  ].filter(([, lines]) => lines.length);
  if (!groups.length) return null;
  return element(
    "section",
    { class: "after" },
    ...groups.flatMap(([key, lines]) => [element("h2", {}, text(key)), element("ul", { lang: "vi" }, ...lines)]),
  );
}

/** One line for each document that is referred to, with every clause that does so. */
function cites(found) {
  const byNumber = new Map();
  for (const one of found) byNumber.set(one.number, [...(byNumber.get(one.number) ?? []), one]);
  return [...byNumber.values()].map((same) => {
    const [{ text: words, number, document_id }] = same;
    const name = words || number;
    const paths = [...new Set(same.map(({ clause }) => clause).filter(Boolean))];
    return element(
      "li",
      {},
      relations(same),
      document_id ? element("a", { href: documentAddress({ document_id }) }, name) : name,
      paths.length ? ` (${text("document.at")} ` : null,
      ...paths.flatMap((path, index) => [
        index ? ", " : null,
        element("a", { href: fragment(path) }, clauseName(path)),
      ]),
      paths.length ? ")" : null,
    );
  });
}

/** What is said of a document, before its name: "Căn cứ: ". */
function relations(same) {
  const said = [...new Set(same.map(({ relation }) => relation).filter(Boolean))];
  return said.length ? `${said.map((one) => text(`relation.${one}`)).join(", ")}: ` : null;
}

function citing(found) {
  const name = [found.document_number, found.document_title].filter(Boolean).join(", ");
  const address = `${documentAddress(found)}${found.clause ? fragment(found.clause) : ""}`;
  return element("li", {}, element("a", { href: address }, name), ` · ${origin(found, true)}`);
}

start();
