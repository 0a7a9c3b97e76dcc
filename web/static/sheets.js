// Where a clause is printed: the pictures of its pages with the clause marked on them.
import { element } from "./element.js";
import { clauseName } from "./clauses.js";
import { language, text } from "./language.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTHS = [800, 1600]; // pixels to choose from, and the width of the original for people
const LARGE = 2400;
const A4 = 1.414; // the room that is kept until a picture has come
const MARGIN = 0.004; // share of the page that a mark keeps from the letters

/** The fragment of a page's picture beside its clause, e.g. `#page-3`; no clause has such a path. */
export const SHEET = /^page-\d+$/;

export function sheetFragment(page) {
  return `#page-${page}`;
}

/** The pages of a clause, or null where its format has no pictures of pages. */
export function clauseSheets(documentId, clause) {
  if (!clause.regions?.length) return null;
  const pages = new Map();
  for (const region of clause.regions) pages.set(region.page, [...(pages.get(region.page) ?? []), region]);
  return element(
    "details",
    { class: "sheets", open: true, lang: language() },
    element("summary", {}, text("sheet.title")),
    ...[...pages].map(([page, regions]) => sheet(documentId, clause, page, regions)),
  );
}

function sheet(documentId, clause, page, regions) {
  const address = `/api/v1/documents/${encodeURIComponent(documentId)}/pages/${page}`;
  const [narrow] = WIDTHS;
  const picture = element("img", {
    src: `${address}?width=${narrow}`,
    srcset: WIDTHS.map((width) => `${address}?width=${width} ${width}w`).join(", "),
    sizes: "(min-width: 64rem) 50rem, 100vw",
    width: narrow,
    height: Math.round(narrow * A4),
    alt: text("sheet.alt", { page, path: clauseName(clause.path) }),
    loading: "lazy",
    decoding: "async",
  });
  const figure = element(
    "figure",
    { class: "sheet", id: sheetFragment(page).slice(1) },
    element(
      "figcaption",
      {},
      `${text("sheet.page", { page })} · `,
      element("a", { href: `${address}?width=${LARGE}`, target: "_blank", rel: "noopener" }, text("sheet.large")),
    ),
    element("div", { class: "sheet-frame" }, picture, marks(regions)),
  );
  picture.addEventListener("error", () =>
    figure.replaceChildren(element("p", { class: "notice" }, text("sheet.failed", { page }))),
  );
  return figure;
}

/** The regions over a picture of any size. */
function marks(regions) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 1 1");
  drawing.setAttribute("preserveAspectRatio", "none");
  drawing.setAttribute("aria-hidden", "true");
  for (const { left, top, right, bottom } of regions) {
    const mark = document.createElementNS(SVG, "rect");
    mark.setAttribute("x", left - MARGIN);
    mark.setAttribute("y", top - MARGIN);
    mark.setAttribute("width", right - left + 2 * MARGIN);
    mark.setAttribute("height", bottom - top + 2 * MARGIN);
    drawing.append(mark);
  }
  return drawing;
}
