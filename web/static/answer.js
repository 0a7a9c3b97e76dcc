// An answer or a refusal, as the API gives it, made readable.
import { citationCard, clauseAddress } from "./citation.js";
import { deadline } from "./deadline.js";
import { button, element } from "./element.js";
import { printDate, text, textOr } from "./language.js";

/** The whole answer. `announce` says a sentence to a screen reader; `correct` lets a person mend the question. */
export function answerArticle(answer, announce, correct) {
  return element(
    "article",
    { class: answer.answerable ? "answer" : "answer refused", "aria-labelledby": "page-asked" },
    element("h2", { id: "page-asked", lang: answer.language }, answer.question),
    interpretation(answer, correct),
    ...(answer.answerable ? supported(answer, announce) : refused(answer, announce)),
  );
}

function supported(answer, announce) {
  const woven = weave(answer);
  return [
    element("p", { class: "sentence", lang: answer.language }, ...(woven ?? [answer.answer])),
    answer.written ? written(answer) : null,
    answer.assignments.length ? assignments(answer) : null,
    woven ? null : statements(answer),
    cards(
      "answer.citations",
      answer.citations.map((citation, index) => citationCard(citation, index + 1, support(answer, index), announce)),
    ),
  ];
}

function refused(answer, announce) {
  return [
    element(
      "div",
      { class: "notice" },
      element("p", { class: "sentence", lang: answer.language }, answer.answer),
      answer.reason ? element("p", {}, textOr(`reason.${answer.reason}`, answer.reason)) : null,
    ),
    cards(
      "answer.nearest",
      (answer.nearest ?? []).map((citation) => citationCard(citation, null, [], announce)),
    ),
  ];
}

/** The answer with its statements and their footnotes in place, or null when it is not made of them. */
function weave({ answer: sentence, statements, ...answer }) {
  const pieces = [];
  let from = 0;
  for (const statement of statements) {
    const at = sentence.indexOf(statement.text, from);
    if (at < 0) return null;
    pieces.push(sentence.slice(from, at), said(statement, answer), ...footnotes(statement.citations, answer));
    from = at + statement.text.length;
  }
  return pieces.length ? [...pieces, sentence.slice(from)] : null;
}

/** A statement; one that a cited clause says word for word is set as the document's own. */
function said({ text: words, citations: cited }, { citations }) {
  const quoted = cited.some((index) => citations[index].quote.includes(words));
  return quoted ? element("span", { class: "verbatim", lang: "vi" }, words) : words;
}

function footnotes(cited, answer) {
  return cited.map((index) => {
    const { label } = answer.citations[index];
    const mark = `[${index + 1}]`;
    return element(
      "sup",
      {},
      element("a", { href: `#citation-${index + 1}`, "aria-label": `${mark} ${label}`, title: label }, mark),
    );
  });
}

/** What the answer takes from a citation: the words to mark in its quote. */
function support({ statements, assignments }, index) {
  return [
    ...statements.filter(({ citations }) => citations.includes(index)).map((statement) => statement.text),
    ...assignments.filter(({ citation }) => citation === index).map(({ task }) => task),
  ];
}

// A statement that only repeats a task of the table above it is left to the table.
function statements(answer) {
  const isTask = (statement) =>
    answer.assignments.some(
      ({ task, citation }) => statement.citations.includes(citation) && statement.text.includes(task),
    );
  const items = answer.statements.filter((statement) => !isTask(statement)).map((statement) =>
    element("li", { lang: answer.language }, said(statement, answer), ...footnotes(statement.citations, answer)),
  );
  return items.length ? section("answer.statements", element("ul", { class: "statements" }, ...items)) : null;
}

// What a model made of the citations: set apart from what the documents say, and said to be so.
function written(answer) {
  const items = answer.written.sentences.map((sentence) =>
    element("li", { lang: answer.language }, sentence.text, ...footnotes(sentence.citations, answer)),
  );
  const body = element("ul", { class: "statements written" }, ...items);
  return section("answer.written", element("div", {}, body, element("p", { class: "small" }, text("answer.check"))));
}

function cards(key, items) {
  return items.length ? section(key, element("ol", { class: "citations" }, ...items)) : null;
}

// The roles are written out because a narrow screen lays the table out as blocks, and browsers then forget
// that it is one.
function assignments(answer) {
  const columns = ["answer.agency", "answer.task", "answer.deadline", "answer.source"];
  const head = columns.map((key) => element("th", { role: "columnheader", scope: "col" }, text(key)));
  const rows = answer.assignments.map((task) => {
    const citation = answer.citations[task.citation];
    const cells = [
      [
        ...task.agencies.map((name) => element("div", { class: "agency", lang: "vi" }, name)),
        element("div", { class: "small" }, textOr(`role.${task.role}`, task.role)),
      ],
      [element("span", { class: "verbatim", lang: "vi" }, task.task)],
      deadline(task),
      [
        element("a", { href: clauseAddress(citation), lang: "vi" }, citation.label),
        ...footnotes([task.citation], answer),
      ],
    ];
    return element(
      "tr",
      { role: "row" },
      ...cells.map((cell, index) =>
        element("td", { role: "cell", "data-column": text(columns[index]) }, element("div", {}, ...cell)),
      ),
    );
  });
  return section(
    "answer.assignments",
    element(
      "table",
      { role: "table", "aria-labelledby": "answer-assignments" },
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...head)),
      element("tbody", { role: "rowgroup" }, ...rows),
    ),
  );
}

/** One quiet line: how the question was understood, a way to mend that, and how long the answer took. */
function interpretation({ question, interpreted, took_ms }, correct) {
  const { agencies, document_numbers, due_from, due_to, restored } = interpreted;
  const parts = [];
  if (restored) parts.push(text("interpreted.restored", { text: restored }));
  if (agencies.length) parts.push(text("interpreted.agencies", { names: agencies.join(", ") }));
  if (document_numbers.length) parts.push(text("interpreted.numbers", { names: document_numbers.join(", ") }));
  if (due_from && due_to) {
    parts.push(text("interpreted.between", { from: printDate(due_from), to: printDate(due_to) }));
  } else if (due_from) parts.push(text("interpreted.from", { date: printDate(due_from) }));
  else if (due_to) parts.push(text("interpreted.to", { date: printDate(due_to) }));
  const took = text("answer.took", { ms: Math.max(1, Math.round(took_ms)) });
  return element(
    "p",
    { class: "small understood" },
    parts.length
      ? element(
          "span",
          {},
          `${text("interpreted.title")} ${parts.join(" · ")} `,
          button(text("interpreted.correct"), () => correct(restored ?? question, agencies[0] ?? document_numbers[0]), {
            class: "link",
          }),
        )
      : null,
    element("span", { class: "took" }, took),
  );
}

function section(key, body) {
  const id = key.replace(".", "-");
  return element("section", { "aria-labelledby": id }, element("h3", { id }, text(key)), body);
}
