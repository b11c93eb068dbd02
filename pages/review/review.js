"use strict";
/* The page: what is shown, which key and button does what, and what is said when it is done. */

const POLL = 3000; // milliseconds between looks at what other tabs and the refit have done
const HITS = 50;
const $ = (id) => document.getElementById(id);

const embedded = $("data");
const store = embedded ? new BrowserStore(JSON.parse(embedded.textContent)) : new ServerStore();

const review = {
  count: 0,
  order: [], // pairs by their numbers
  place: -1, // in the order; count is the end
  row: null, // the pair that is shown
  answers: new Map(), // pair: answer
  log: [], // all answers in turn
  mine: [], // pairs answered in this tab
  seen: 0,
  version: -1,
  under_way: 0, // actions that are not done yet
  last: Promise.resolve(),
  reordered: false, // since the last answer
  unfolded: false,
  index: null,
  refitted: 0,
  lost: false, // the server did not answer when it was last looked at
};

/* What is new; what was heard before, as when a look and an answer cross, does not count again. */
function take(news) {
  const first = news.seen - news.log.length;
  for (const [row, answer] of news.log.slice(Math.max(0, review.seen - first))) {
    review.log.push(row);
    if (answer === null) review.answers.delete(row); else review.answers.set(row, answer);
  }
  review.seen = Math.max(review.seen, news.seen);
  if (news.order && news.version > review.version) {
    review.order = news.order;
    review.version = news.version;
    review.reordered = true;
    review.place = review.row === null ? -1 : review.order.indexOf(review.row);
    $("sure").textContent = `Model ${news.model}: sure of ${percent(news.sure)}, ${news.between.toLocaleString("en")} between its thresholds`;
  }
  progress();
  if (news.refit) refitState(news.refit);
  if (review.row !== null) {
    const answer = review.answers.get(review.row) ?? null;
    $("answer").textContent = answerText(answer);
    $("answer").className = `answer ${kind(answer)}`;
  }
}

function progress() {
  const tally = { DUPLICATES: 0, "NOT DUPLICATES": 0, UNSURE: 0 };
  for (const answer of review.answers.values()) tally[answer] += 1;
  const left = review.count - review.answers.size;
  const number = (value) => value.toLocaleString("en");
  $("bar").max = review.count;
  $("bar").value = review.answers.size;
  $("count").textContent = `${number(review.answers.size)} of ${number(review.count)}: ` +
    `${number(tally.DUPLICATES)} duplicates, ${number(tally["NOT DUPLICATES"])} not, ${number(tally.UNSURE)} unsure; ` +
    `${number(left)} left`;
  $("save").firstChild.textContent = store.files && store.unwritten ? `Save case file (${store.unwritten} new) ` : "Save case file ";
}

/* Show the pair at a place of the order; its end is a page of its own. */
async function show(place) {
  if (place >= review.count) {
    review.place = review.count;
    review.row = null;
    $("pair").replaceChildren(...ending());
    return review.count === 1 ? "The only pair has an answer." : `All ${review.count} pairs have an answer.`;
  }
  const row = review.order[place];
  const view = await store.pair(row);
  const focused = $("pair").contains(document.activeElement);
  review.place = place;
  review.row = row;
  const text = `Pair ${place + 1} of ${review.count}`;
  $("pair").replaceChildren(...pairOf(view, text, review.answers.get(row) ?? null, review.unfolded));
  if (focused) $("place").focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
  return `${text}: ${view.titles.map((title) => title || "no title").join(" / ")}`;
}

function ending() {
  const unsure = [...review.answers].filter(([, answer]) => answer === "UNSURE").map(([row]) => row);
  const again = element("button", { type: "button" }, `Look at the ${unsure.length} unsure again`);
  again.addEventListener("click", () => act(async () => say(await show(review.order.indexOf(unsure[0])))));
  return [
    element("div", { class: "ending" },
      element("h2", { id: "place", tabindex: "-1" }, "All pairs have an answer"),
      element("p", {}, store.files ? "Save the case file first." : "Your decisions are on disk."),
      ...review.steps.flatMap(([what, command]) => [element("p", {}, what),
        element("pre", { tabindex: "0" }, element("code", {}, ...visible(command)))]),
      unsure.length ? again : null),
  ];
}

/* The place of the next pair without an answer, after this one and then from the start; the end where there is none. */
function nextPlace(from) {
  for (let step = 1; step <= review.count; step += 1) {
    const place = (from + step + review.count) % review.count;
    if (!review.answers.has(review.order[place])) return place;
  }
  return review.count;
}

function say(text) {
  $("said").textContent = text;
}

function problem(text) {
  $("problem").textContent = text;
  $("problem").hidden = !text;
}

/* One thing after the other; what goes wrong is said, and nothing is shown as done that is not. */
function act(action) {
  review.under_way += 1;
  review.last = review.last.then(async () => {
    try {
      await action();
      problem("");
    } catch (error) {
      problem(error.message);
    } finally {
      review.under_way -= 1;
    }
  });
  return review.last;
}

function decide(answer) {
  const row = review.row;
  if (row === null || review.under_way) return undefined; // the next pair is not on the page yet: nobody has seen it
  return act(async () => {
    let news;
    try {
      news = await store.decide(row, answer, review.seen, review.version);
    } catch (error) {
      throw new Error(`Not saved. ${error.message}`);
    }
    review.mine.push(row);
    take(news);
    const from = review.reordered ? -1 : review.place; // a new order begins with what is most doubtful now
    review.reordered = false;
    say(`Saved: ${ANSWERS[answer]}. ${await show(nextPlace(from))}`);
  });
}

function undo() {
  return act(async () => {
    const answered = (row) => review.answers.has(row);
    const row = review.mine.findLast(answered) ?? review.log.findLast(answered);
    if (row === undefined) {
      say("There is nothing to undo.");
      return;
    }
    let news;
    try {
      news = await store.undo(row, review.seen, review.version);
    } catch (error) {
      throw new Error(`Not undone. ${error.message}`);
    }
    const own = review.mine.lastIndexOf(row);
    if (own >= 0) review.mine.splice(own, 1);
    take(news);
    say(`Undone. ${await show(review.order.indexOf(row))}`);
  });
}

function move(step) {
  return act(async () => {
    const last = review.answers.size === review.count ? review.count : review.count - 1;
    say(await show(Math.min(Math.max(review.place + step, 0), last)));
  });
}

function refit() {
  if (!store.refits) return undefined;
  return act(async () => {
    take(await store.refit(review.seen, review.version));
    if ($("learn").disabled) say("The model learns from your answers; go on meanwhile.");
  });
}

/* What the refit is doing, and once it is done, before and after. */
function refitState(state) {
  $("learn").hidden = false;
  $("learn").disabled = state.running;
  $("learn").firstChild.textContent = state.running ? "Learning … " : "Refit ";
  if (state.number === review.refitted) return;
  review.refitted = state.number;
  if (state.error) {
    learned(element("p", {}, ...visible(state.error)));
    say(state.error);
  } else if (state.result) {
    learned(...beforeAndAfter(state.result));
    say(`The model has learned from ${state.result.cases} answers; ${state.result.changed} of its own changed.`);
  }
}

function learned(...children) {
  const close = element("button", { type: "button" }, "Close");
  close.addEventListener("click", () => {
    $("learned").hidden = true;
    $("pair").focus();
  });
  $("learned").replaceChildren(...children, close);
  $("learned").hidden = false;
}

function beforeAndAfter(result) {
  const names = { f1: "F1", log_loss: "log loss", wrong_merges: "wrong merges", misses: "misses" };
  const number = (value) => value === null || value === undefined ? "-" : Number.isInteger(value) ? String(value)
    : value.toFixed(4);
  return [
    element("table", {},
      element("caption", {}, `On your ${result.cases} decided pairs`),
      element("thead", {}, element("tr", {}, ...["", "before", "after"].map((name) => name
        ? element("th", { scope: "col" }, name) : element("td", {})))),
      element("tbody", {}, ...Object.entries(names).map(([key, name]) => element("tr", {},
        element("th", { scope: "row" }, name), element("td", {}, number(result.before[key])),
        element("td", {}, number(result.after[key])))))),
    element("p", {}, `${result.changed.toLocaleString("en")} of ${review.count.toLocaleString("en")} pairs are answered ` +
      "otherwise, and what is left is in a new order. Before: the model of the beginning; after: cross-validated, so " +
      "that no pair is judged by a model that has learned from it."),
  ];
}

function save() {
  if (!store.files) return;
  const { name, text } = store.file();
  const address = URL.createObjectURL(new Blob([text], { type: "application/jsonl" }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  progress();
  say(`Saved as ${name}.`);
}

async function search() {
  $("search").showModal();
  $("words").focus();
  $("words").select();
  await act(async () => {
    review.index ??= await store.index();
    find();
  });
}

function find() {
  const words = $("words").value.toLocaleLowerCase("en").split(/\s+/).filter(Boolean);
  const hits = [];
  if (words.length && review.index) {
    review.order.forEach((row, place) => {
      const text = review.index[row].join(" ").toLocaleLowerCase("en");
      if (words.every((word) => text.includes(word))) hits.push([row, place]);
    });
  }
  $("hits").textContent = !words.length ? "" : hits.length > HITS ? `${hits.length} pairs, the first ${HITS}:`
    : hits.length === 1 ? "1 pair:" : `${hits.length} pairs${hits.length ? ":" : ""}`;
  $("found").replaceChildren(...hits.slice(0, HITS).map(([row, place]) => {
    const [first, second] = review.index[row];
    const button = element("button", { type: "button" }, element("bdi", {}, ...visible(first || "(no title)")),
      element("bdi", {}, ...visible(second || "(no title)")));
    button.addEventListener("click", () => {
      $("search").close();
      act(async () => say(await show(place)));
    });
    return element("li", {}, button);
  }));
}

function help() {
  if ($("help").open) $("help").close(); else $("help").showModal();
}

function fold() {
  review.unfolded = !review.unfolded;
  for (const button of document.querySelectorAll("#pair .fold")) {
    if ((button.getAttribute("aria-expanded") === "true") !== review.unfolded) button.click();
  }
  for (const details of document.querySelectorAll("#pair details")) details.open = review.unfolded;
}

const KEYS = {
  d: () => decide("DUPLICATES"),
  n: () => decide("NOT DUPLICATES"),
  u: () => decide("UNSURE"),
  z: undo,
  r: refit,
  s: save,
  a: fold,
  "/": search,
  "?": help,
  ArrowLeft: () => move(-1),
  ArrowRight: () => move(1),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  // A box that was just closed has the focus until the next frame.
  if (event.target.closest("input:not([type=checkbox])")?.checkVisibility()) return;
  if ($("search").open || ($("help").open && event.key !== "?")) return;
  if (!$("letters").checked) return;
  const action = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

for (const [id, action] of Object.entries({
  duplicate: KEYS.d, distinct: KEYS.n, unsure: KEYS.u, undo, back: KEYS.ArrowLeft, forth: KEYS.ArrowRight,
  find: search, learn: refit, save, explain: help,
})) $(id).addEventListener("click", action);
$("words").addEventListener("input", find);

/* What other tabs and the refit have done; it neither says nor clears what an answer's failure said. */
async function look() {
  if (document.hidden || review.under_way) return;
  try {
    take(await store.news(review.seen, review.version));
    if (review.lost) problem("");
    review.lost = false;
  } catch (error) {
    review.lost ||= $("problem").hidden;
    if (review.lost) problem(error.message);
  }
}

async function begin() {
  await act(async () => {
    const start = await store.start();
    Object.assign(review, { count: start.count, steps: start.steps });
    $("file").textContent = `${start.file} → ${start.labels}`;
    $("convention").textContent = start.definition;
    $("save").hidden = !store.files;
    for (const part of document.querySelectorAll(".served")) part.hidden = !store.refits;
    for (const part of document.querySelectorAll(".kept")) part.hidden = !store.files;
    take(start);
    review.reordered = false;
    say(await show(nextPlace(-1)));
  });
  setInterval(look, POLL);
  window.addEventListener("storage", look);
  document.addEventListener("visibilitychange", look);
}

begin();
