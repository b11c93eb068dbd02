"use strict";
/* Where pairs come from and answers go: a server on this machine, or this browser. Both have the same methods, which
   return promises and fail with an Error whose message can be shown. An answer is saved when its promise is kept. */

class ServerStore {
  refits = true;
  files = false;

  async start() {
    return this.#ask("api/start");
  }

  async news(seen, version) {
    return this.#ask(`api/state?seen=${seen}&version=${version}`);
  }

  async pair(row) {
    return this.#ask(`api/pairs/${row}`);
  }

  async index() {
    return this.#ask("api/index");
  }

  async decide(row, answer, seen, version) {
    return this.#ask("api/decide", { pair: row, answer, seen, version });
  }

  async undo(row, seen, version) {
    return this.#ask("api/undo", { pair: row, seen, version });
  }

  async refit(seen, version) {
    return this.#ask("api/refit", { seen, version });
  }

  async #ask(path, body) {
    const options = body === undefined ? {} : {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    };
    let response;
    try {
      response = await fetch(path, { ...options, credentials: "omit", redirect: "error" });
    } catch {
      throw new Error(
        "The server does not answer. Start papertwin review again and open the new address that it prints; " +
        "all that was shown as saved is on disk.");
    }
    const told = await response.json().catch(() => ({ error: `The server failed (${response.status}).` }));
    if (!response.ok) throw new Error(told.error);
    return told;
  }
}

class BrowserStore {
  refits = false;
  files = true;
  #data;
  #prefix;
  #latest = 0;
  #written; // lines that are in a case file already

  constructor(data) {
    this.#data = data;
    this.#written = data.decided.length;
    this.#latest = Math.max(0, ...data.decided.map(({ at }) => Date.parse(at) || 0));
    this.#prefix = `papertwin/${data.key}/`;
  }

  async start() {
    return { ...this.#data.beginning, ...this.#news(0, -1) };
  }

  async news(seen, version) {
    return this.#news(seen, version);
  }

  async pair(row) {
    return this.#data.views[row];
  }

  async index() {
    return this.#data.index;
  }

  async decide(row, answer, seen, version) {
    this.#add({ row, answer });
    return this.#news(seen, version);
  }

  async undo(row, seen, version) {
    const answers = this.#answers().get(row) ?? [];
    if (!answers.length) throw new Error("There is nothing to undo for this pair.");
    this.#add({ row, answer: answers.at(-2) ?? null, undo: true });
    return this.#news(seen, version);
  }

  /* How many answers are not in a case file yet. */
  get unwritten() {
    return this.#lines().length - this.#written;
  }

  /* The case file: its name and text. */
  file() {
    const lines = this.#lines();
    this.#written = lines.length;
    const text = lines.map(({ row, answer, undo, at, labeller = this.#data.labeller }) => JSON.stringify({
      ...this.#data.cases[row],
      decision: answer === "UNSURE" ? null : answer,
      ...(answer === "UNSURE" ? { unsure: true } : {}),
      ...(undo ? { undo: true } : {}),
      labelled_at: at,
      ...(labeller ? { labeller } : {}),
    }) + "\n").join("");
    return { name: this.#data.beginning.labels, text };
  }

  #news(seen, version) {
    const lines = this.#lines();
    const news = { log: lines.slice(seen).map(({ row, answer }) => [row, answer]), seen: lines.length, version: 0 };
    return version === 0 ? news : { ...news, ...this.#data.belief };
  }

  /* Each line has a key of its own, so that two tabs never write over each other. */
  #add(line) {
    this.#latest = Math.max(Date.now(), this.#latest + 1);
    const at = new Date(this.#latest).toISOString();
    const key = `${this.#prefix}${at}/${Math.random().toString(36).slice(2)}`;
    const text = JSON.stringify({ ...line, at });
    try {
      localStorage.setItem(key, text);
      if (localStorage.getItem(key) !== text) throw new Error("nothing is kept");
    } catch (error) {
      throw new Error(`This browser did not keep the answer (${error.message}). Save the case file and allow it storage.`);
    }
  }

  /* What was decided before the page was made, then what was decided on it; what is among both counts once. */
  #lines() {
    const before = new Set(this.#data.decided.map(({ row, at }) => `${row} ${at}`));
    return [...this.#data.decided, ...this.#own().filter(({ row, at }) => !before.has(`${row} ${at}`))];
  }

  #own() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix)).sort();
      const lines = keys.map((key) => JSON.parse(localStorage.getItem(key)));
      this.#latest = Math.max(this.#latest, Date.parse(lines.at(-1)?.at ?? 0) || 0);
      return lines;
    } catch {
      return [];
    }
  }

  #answers() {
    const answers = new Map();
    for (const { row, answer, undo } of this.#lines()) {
      const of = answers.get(row) ?? [];
      if (undo) of.pop(); else of.push(answer);
      answers.set(row, of);
    }
    return answers;
  }
}
