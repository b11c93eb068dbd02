"use strict";
/* How a pair looks. All that comes from a record is text and becomes text nodes; no markup is ever made of it. */

const ANSWERS = { DUPLICATES: "duplicate", "NOT DUPLICATES": "not a duplicate", UNSURE: "unsure" };
const LONG = 420; // characters from which on a text is folded
const FOLDED = 2000; // characters of a folded text that are in the page at all
// Control characters and the marks that turn the direction of what follows them: shown by their numbers.
const INVISIBLE = /([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb])/u;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

/* Text with what cannot be seen made visible. */
function visible(text) {
  return text.split(INVISIBLE).filter(Boolean).map((part) => INVISIBLE.test(part)
    ? element("span", { class: "invisible" }, `U+${part.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`)
    : document.createTextNode(part));
}

function percent(share) {
  return `${(100 * share).toFixed(share > 0.995 && share < 1 ? 1 : 0)} %`;
}

function probabilityText(probability) {
  return probability > 0.9995 ? "> 0.999" : probability < 0.0005 ? "< 0.001" : probability.toFixed(3);
}

/* The pair as a whole; `place` says which it is, `answer` what was decided. */
function pairOf(view, place, answer, unfolded) {
  const parts = [
    element("div", { class: "title" },
      element("h2", { id: "place", tabindex: "-1" }, place),
      view.id == null ? null : element("p", { class: "id" }, "id ", element("bdi", {}, ...visible(view.id))),
      element("p", { id: "answer", class: `answer ${kind(answer)}` }, answerText(answer))),
    element("div", { class: "belief" }, probability(view), reasons(view), evidence(view)),
    fields(view, unfolded),
    others(view, unfolded),
  ].filter((part) => part != null);
  if (view.problem || view.label || view.note) parts.splice(1, 0, givenLabel(view));
  return parts;
}

function kind(answer) {
  return { DUPLICATES: "duplicate", "NOT DUPLICATES": "distinct", UNSURE: "unsure" }[answer] ?? "none";
}

function answerText(answer) {
  return answer ? `you said: ${ANSWERS[answer]}` : "not decided yet";
}

function givenLabel(view) {
  const says = view.label ? `The file says ${ANSWERS[view.label]}. ` : "";
  const doubt = view.suspicion == null ? "" : `Probability that this label is wrong: ${percent(view.suspicion)}. `;
  return element("p", { class: "given" }, says, doubt, ...visible([view.problem, view.note].filter(Boolean).join(". ")));
}

function probability(view) {
  const says = { DUPLICATES: "the model says duplicate", "NOT DUPLICATES": "the model says not a duplicate",
    REVIEW: "the model leaves it to you" }[view.decision];
  const scale = element("div", { class: "scale", "aria-hidden": "true" });
  const mark = element("div", { class: "mark" });
  mark.style.left = `${100 * view.probability}%`;
  scale.append(mark);
  return element("div", { class: "probability" },
    element("p", {}, element("strong", {}, probabilityText(view.probability)), " probability of a duplicate"),
    scale, element("p", { class: "quiet" }, says));
}

function reasons(view) {
  if (!view.reasons.length) return null;
  return element("ul", { class: "reasons", "aria-label": "Reasons" },
    ...view.reasons.map((reason) => element("li", {}, ...visible(reason))));
}

/* A bar for each kind of evidence, to the right for a duplicate, to the left against one. */
function evidence(view) {
  const largest = Math.max(2, ...view.groups.map(([, weight]) => Math.abs(weight)));
  return element("ul", { class: "evidence", "aria-label": "Evidence, in log-odds for a duplicate" },
    ...view.groups.map(([name, weight]) => {
      const bar = element("span", { class: weight < 0 ? "bar against" : "bar for" });
      bar.style.width = `${50 * Math.abs(weight) / largest}%`;
      const number = `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(1)}`;
      return element("li", {}, element("span", {}, name), element("span", { class: "track", "aria-hidden": "true" }, bar),
        element("span", { class: "number" }, number));
    }));
}

function fields(view, unfolded) {
  const head = element("tr", { role: "row" }, ...["Field", "First record", "Second record"].map((name) =>
    element("th", { scope: "col", role: "columnheader" }, name)));
  // Roles are said, because the narrow layout takes a table's own away.
  return element("table", { class: "records", role: "table" },
    element("caption", { class: "unseen" }, "The two records, field by field"),
    element("thead", { role: "rowgroup" }, head),
    element("tbody", { role: "rowgroup" }, ...view.fields.map((field) => row(field, unfolded))));
}

/* What the records and the case say beside the fields: nobody compares it, but it may decide. */
function others(view, unfolded) {
  if (!view.others.length && !view.columns.length) return null;
  const value = (text, span) => element("td", { colspan: span }, text ? element("bdi", { class: "text", dir: "auto" },
    ...visible(text)) : element("span", { class: "missing" }, "missing"));
  const line = (name, ...cells) => element("tr", {}, element("th", { scope: "row" }, ...visible(name)), ...cells);
  return element("details", { class: "others", open: unfolded },
    element("summary", {}, `Other fields (${view.others.length + view.columns.length})`),
    element("table", {},
      element("caption", { class: "unseen" }, "What else the case and the two records say"),
      element("colgroup", {}, ...["name", "text", "text"].map((column) => element("col", { class: column }))),
      element("tbody", {},
        ...view.columns.map(([name, text]) => line(name, value(text, 2))),
        ...view.others.map(([name, ...texts]) => line(name, ...texts.map((text) => value(text, 1)))))));
}

function row(field, unfolded) {
  const texts = field.sides.map((side) => side.segments);
  const long = texts.some((segments) => segments.reduce((sum, [text]) => sum + text.length, 0) > LONG);
  const heading = element("th", { scope: "row", role: "rowheader" }, element("span", { class: "name" }, field.name), " ",
    element("span", { class: "relation" }, field.relation));
  const cells = field.sides.map((side, place) => cell(side, place, field));
  const made = element("tr", { role: "row", class: `field-${field.name} ${field.relation.replaceAll(" ", "-")}` }, heading,
    ...cells);
  if (long) {
    const fold = element("button", { type: "button", class: "fold" });
    heading.append(fold);
    const set = (open) => {
      made.classList.toggle("folded", !open);
      fold.textContent = open ? "Fold" : "Unfold";
      fold.setAttribute("aria-expanded", String(open));
      fold.setAttribute("aria-label", `${open ? "Fold" : "Unfold"} ${field.name}`);
      cells.forEach((each, place) => fill(each.querySelector(".text"), texts[place], open ? Infinity : FOLDED));
    };
    fold.addEventListener("click", () => set(fold.getAttribute("aria-expanded") !== "true"));
    set(unfolded);
  }
  return made;
}

function cell(side, place, field) {
  const made = element("td", { role: "cell" }, element("span", { class: "which" }, place ? "Second" : "First"));
  if (!side.segments.length && !side.links.length) {
    made.append(element("span", { class: "missing" }, "missing"));
    return made;
  }
  if (side.segments.length) {
    const text = element("bdi", { class: "text", dir: "auto" });
    fill(text, side.segments, Infinity);
    made.append(text);
  }
  if (side.links.length) {
    made.append(element("ul", { class: "links" }, ...side.links.map((link) => element("li", {}, anchor(link, field)))));
  }
  return made;
}

function anchor([text, address], field) {
  if (!/^https?:\/\//i.test(address)) return element("bdi", {}, ...visible(text));
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer", referrerpolicy: "no-referrer" },
    element("bdi", {}, ...visible(text)), element("span", { class: "unseen" }, ` (${field.name}, in a new tab)`));
}

/* Put segments into an element, at most so many characters of them. */
function fill(target, segments, most) {
  if (!target) return;
  const parts = [];
  for (const [text, same] of segments) {
    if (most <= 0) break;
    const nodes = visible(text.slice(0, most));
    parts.push(...(same ? nodes : [element("mark", {}, ...nodes)]));
    most -= text.length;
  }
  target.replaceChildren(...parts);
}
