// The start page: a question in, an answer out, and the address bar always says which question.
import { answerArticle } from "./answer.js";
import { startDocuments } from "./documents.js";
import { button, element } from "./element.js";
import { startKeyboard } from "./keyboard.js";
import { startLanguage, text } from "./language.js";
import { problemNotice } from "./notice.js";
import { post } from "./request.js";

const EXAMPLES = ["examples.1", "examples.2", "examples.3"];

function start() {
  const form = document.getElementById("page-ask");
  const box = document.getElementById("page-question");
  const area = document.getElementById("page-answer");
  const status = document.getElementById("page-status");
  const examples = document.getElementById("page-examples");
  const documents = document.getElementById("page-documents");
  const state = { question: "", answer: null, problem: null, request: null };
  const announce = (words) => (status.textContent = words);

  startLanguage(() => {
    printExamples();
    printDocuments();
    print();
  });
  startKeyboard(box);
  const printDocuments = startDocuments(documents);
  printExamples();
  show(inAddress());

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(box.value);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.target.id === "page-filter") return;
    clear();
  });
  // Following a footnote is a step in the history too, with the same question.
  addEventListener("popstate", () => inAddress() !== state.question && show(inAddress()));

  function ask(words) {
    const question = words.trim();
    if (!question) return box.focus();
    if (question !== inAddress() || location.hash) history.pushState(null, "", addressOf(question));
    // On a touch screen the keyboard would cover the answer.
    if (matchMedia("(pointer: coarse)").matches) box.blur();
    show(question);
  }

  /** Puts the question as it was read into the box, with the phrase that was taken for a body or document selected. */
  function correct(words, phrase) {
    box.value = words;
    box.focus();
    const at = phrase ? words.toLowerCase().indexOf(phrase.toLowerCase()) : -1;
    if (at < 0) box.select();
    else box.setSelectionRange(at, at + phrase.length);
  }

  function clear() {
    if (inAddress()) history.pushState(null, "", addressOf(""));
    show("");
    announce(text("status.cleared"));
    box.focus();
  }

  async function show(question) {
    state.request?.abort();
    Object.assign(state, { question, answer: null, problem: null, request: null });
    box.value = question;
    print();
    if (!question) return announce("");
    const request = new AbortController();
    state.request = request;
    announce(text("status.asking"));
    try {
      state.answer = await post("/ask", { question }, request.signal);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      state.problem = problem;
    }
    if (state.request !== request) return;
    state.request = null;
    print();
    announce(outcome());
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }

  function outcome() {
    if (state.problem) return text("status.failed");
    if (!state.answer.answerable) return text("status.refused");
    return text("status.answered", { count: state.answer.citations.length });
  }

  function print() {
    const { question, answer, problem } = state;
    document.body.classList.toggle("asked", question !== "");
    examples.hidden = documents.hidden = question !== "";
    document.title = question ? `${question} – ${text("site.name")}` : text("page.title");
    area.setAttribute("aria-busy", String(question !== "" && !answer && !problem));
    if (!question) area.replaceChildren();
    else if (answer) area.replaceChildren(answerArticle(answer, announce, correct));
    else if (problem) area.replaceChildren(...failed(question, problem));
    else area.replaceChildren(...waiting(question));
  }

  function failed(question, problem) {
    return [element("h2", {}, text("error.title")), problemNotice(problem, () => show(question))];
  }

  function waiting(question) {
    return [
      element("h2", {}, question),
      element("p", { class: "waiting" }, text("status.asking")),
      element("div", { class: "bones", "aria-hidden": "true" }, element("i"), element("i"), element("i")),
    ];
  }

  function printExamples() {
    const items = EXAMPLES.map((key) =>
      element("li", {}, button(text(key), () => ask(text(key)), { class: "example", lang: text(`${key}.language`) })),
    );
    examples.querySelector("ul").replaceChildren(...items);
  }
}

function inAddress() {
  return (new URL(location.href).searchParams.get("q") ?? "").trim();
}

function addressOf(question) {
  const url = new URL(location.href);
  if (question) url.searchParams.set("q", question);
  else url.searchParams.delete("q");
  url.hash = "";
  return url;
}

start();
