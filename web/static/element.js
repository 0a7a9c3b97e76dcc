// Building the page. Children are nodes or strings, and strings always become text nodes: nothing that a
// document or a server says is ever read as HTML.

/** An element with its attributes; an attribute that is null or false is left out, true is written empty. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export function button(words, pressed, attributes = {}) {
  const node = element("button", { type: "button", ...attributes }, words);
  node.addEventListener("click", pressed);
  return node;
}
