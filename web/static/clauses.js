// The clause tree of a document as its text and as its table of contents.
import { element } from "./element.js";
import { text } from "./language.js";

const DEEPEST = 6; // headings end at h6
const SNIPPET = 70; // characters of a clause that a line of the contents shows
const UNLABELLED = { preamble: "document.preamble", closing: "document.closing" };

/** A fragment for an address: clause paths hold spaces, dots, brackets and Vietnamese letters. */
export function fragment(path) {
  return `#${encodeURIComponent(path)}`;
}

/** The text: one `<section id="path">` per clause, nested as the clauses are. */
export function clauseSections(clauses, depth = 1) {
  return clauses.map((clause) =>
    element(
      "section",
      { class: "clause", id: clause.path, lang: "vi" },
      element("div", { class: "own", tabindex: "-1" }, ...words(clause, depth), permalink(clause)),
      ...clauseSections(clause.children, depth + 1),
    ),
  );
}

/** The contents as a nested list; bullets are left out, unless the document has nothing else. */
export function clauseContents(clauses, top = true) {
  const listed = clauses.filter((clause) => top || !isBullet(clause));
  if (!listed.length) return null;
  const lines = listed.map((clause) =>
    element(
      "li",
      {},
      element(
        "a",
        {
          href: fragment(clause.path),
          lang: clause.path in UNLABELLED ? null : "vi",
          class: clause.heading ? "heading" : null,
          "data-path": clause.path,
        },
        title(clause),
      ),
      clauseContents(clause.children, false),
    ),
  );
  return element("ol", {}, ...lines);
}

// A bare heading is the first line of its clause; shown as a heading, it is not repeated as text.
function words(clause, depth) {
  const paragraphs = clause.text.split("\n").filter((line) => line.trim());
  const heading = clause.heading?.trim();
  if (heading && paragraphs[0]?.trim() === heading) paragraphs.shift();
  const label = clause.label ? element("span", { class: "label" }, clause.label) : null;
  const space = label ? " " : null;
  if (heading) {
    const tag = `h${Math.min(depth + 1, DEEPEST)}`;
    return [element(tag, {}, label, space, heading), ...paragraphs.map((line) => element("p", {}, line))];
  }
  const [first = "", ...rest] = paragraphs;
  return [element("p", {}, label, space, first), ...rest.map((line) => element("p", {}, line))];
}

function permalink({ path }) {
  const name = text("document.permalink", { path: clauseName(path) });
  return element("a", { class: "permalink", href: fragment(path), "aria-label": name, title: name }, "¶");
}

/** A clause's path for people: the parts that have no label of their own get a name. */
export function clauseName(path) {
  return path in UNLABELLED ? text(UNLABELLED[path]) : path;
}

function title(clause) {
  if (clause.path in UNLABELLED) return text(UNLABELLED[clause.path]);
  const line = clause.heading ?? clause.text.split("\n", 1)[0];
  const cut = line.length > SNIPPET ? `${line.slice(0, line.lastIndexOf(" ", SNIPPET))}…` : line;
  return [clause.label, cut].filter(Boolean).join(" ");
}

function isBullet({ path }) {
  return /(^|\.)-\d+(\(\d+\))?$/.test(path);
}
