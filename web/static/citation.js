// One cited clause: where it stands, its words, and how to take it along.
import { copy } from "./clipboard.js";
import { button, element } from "./element.js";
import { printDate, text } from "./language.js";
import { sheetFragment } from "./sheets.js";

const LONG = 700; // characters of a quote after which a card would push the next one off the screen
const MOST = 0.6; // share of a quote above which a mark sets nothing apart
const LEAD = 120; // characters that a folded quote shows before the words that matter

/** The page of the cited clause, e.g. `/d/441-TB-VP.2022#II.5.2`. */
export function clauseAddress(citation) {
  return `${documentAddress(citation)}#${encodeURIComponent(citation.clause)}`;
}

/** The page of a document, e.g. `/d/441-TB-VP.2022`. */
export function documentAddress({ document_id }) {
  return `/d/${encodeURIComponent(document_id)}`;
}

/** Issuer and date in one line; what is unknown is left out, or said for the date when `undated`. */
export function origin({ issuer, document_date }, undated = false) {
  const day = document_date ? printDate(document_date) : undated ? text("citation.undated") : null;
  return [issuer, day].filter(Boolean).join(" · ");
}

/**
 * A citation as a card. `number` is its footnote, null for a clause that supports nothing; `support` holds
 * words to mark in the quote; `announce` says a sentence to a screen reader.
 */
export function citationCard(citation, number, support, announce) {
  return element(
    "li",
    { class: "citation", id: number === null ? null : `citation-${number}`, tabindex: number === null ? null : "-1" },
    element(
      "h4",
      {},
      number === null ? null : element("span", { class: "footnote-number" }, `[${number}]`),
      element("a", { href: clauseAddress(citation), lang: "vi" }, citation.label),
    ),
    quote(citation, support),
    element("p", { class: "citation-title", lang: "vi" }, citation.document_title),
    element(
      "div",
      { class: "citation-foot" },
      element("p", { class: "small", lang: "vi" }, origin(citation, true), ...page(citation)),
      copyButton(citation, announce),
    ),
  );
}

/** The page, after the origin; a link where it can be shown with the clause marked. */
function page(citation) {
  if (!citation.page) return [];
  const words = text("citation.page", { page: citation.page });
  if (!citation.regions?.length) return [` · ${words}`];
  const clause = `${documentAddress(citation)}/${encodeURIComponent(citation.clause)}`;
  return [" · ", element("a", { href: clause + sheetFragment(citation.regions[0].page) }, words)];
}

function quote(citation, support) {
  const marked = supported(citation.quote, support);
  const block = element("blockquote", { lang: "vi", cite: clauseAddress(citation) });
  if (citation.quote.length <= LONG) {
    block.append(element("p", {}, ...pieces(citation.quote, marked, 0)));
    return block;
  }
  const fold = button("", () => print(!block.classList.contains("folded")), { class: "link" });
  print(true);
  return element("div", {}, block, fold);

  function print(folded) {
    const from = folded ? opening(citation.quote, marked) : 0;
    block.classList.toggle("folded", folded);
    block.replaceChildren(element("p", {}, from ? "… " : null, ...pieces(citation.quote, marked, from)));
    fold.textContent = text(folded ? "citation.more" : "citation.less");
    fold.setAttribute("aria-expanded", String(!folded));
  }
}

/** [start, end] of the first words of `support` in the quote; null for none, and where most of it would be marked. */
function supported(words, support) {
  for (const piece of support) {
    const start = words.indexOf(piece);
    if (start >= 0 && piece.length < words.length * MOST) return [start, start + piece.length];
  }
  return null;
}

/** Where a folded quote begins: a little before the words that matter, at a space. */
function opening(words, marked) {
  const start = (marked?.[0] ?? 0) - LEAD;
  return start > LEAD ? words.indexOf(" ", start) + 1 : 0;
}

function pieces(words, marked, from) {
  if (!marked) return [words.slice(from)];
  const [start, end] = marked;
  return [words.slice(from, start), element("mark", {}, words.slice(start, end)), words.slice(end)];
}

function copyButton(citation, announce) {
  const node = button(
    text("citation.copy"),
    async () => {
      const copied = await copy(inWords(citation));
      node.textContent = text(copied ? "citation.copied" : "citation.copy_failed");
      announce(copied ? text("citation.copied_status", { label: citation.label }) : text("citation.copy_failed"));
      setTimeout(() => (node.textContent = text("citation.copy")), 2500);
    },
    { class: "quiet" },
  );
  return node;
}

/** What is pasted: the quote, where it stands, and the address of the clause. */
function inWords(citation) {
  const where = [citation.label, citation.document_title].join(", ");
  const from = origin(citation);
  const url = new URL(clauseAddress(citation), location.origin).href;
  return `“${citation.quote}”\n${where}${from ? ` (${from})` : ""}\n${url}`;
}
