"use strict";

// What is typed here names people: it stays in this page and goes when the page goes.
class Forgetful {
  #kept = new Map();
  get length() { return this.#kept.size; }
  getItem(key) { return this.#kept.get(key) ?? null; }
  setItem(key, value) { this.#kept.set(key, value); }
  removeItem(key) { this.#kept.delete(key); }
  clear() { this.#kept.clear(); }
}

const NO_PURPOSE = "";
const viewerList = document.getElementById("viewer");
const purposeList = document.getElementById("purpose");
const who = document.getElementById("who");

function option(value, text) {
  const element = document.createElement("option");
  element.value = value;
  element.textContent = text;
  return element;
}

function introduce(viewer) {
  const wards = viewer.wards.length > 6 ? `${viewer.wards.length} wards` : `wards ${viewer.wards.join(", ")}`;
  const area = viewer.wards.length === 0 ? "no wards" : wards;
  who.textContent = `You are ${viewer.name}: agency ${viewer.agency}, role ${viewer.role}, ${area}.`;
  purposeList.replaceChildren(
    ...viewer.purposes.map((purpose) => option(purpose, purpose)),
    option(NO_PURPOSE, "none (public register only)"),
  );
}

async function start() {
  const { viewers, query, note, error } = await (await fetch("/explorer/viewers")).json();
  if (error) throw new Error(error);
  document.getElementById("note").textContent = note;
  const byName = new Map(viewers.map((viewer) => [viewer.name, viewer]));
  viewerList.replaceChildren(...viewers.map((viewer) => option(viewer.name, viewer.title)));
  introduce(viewers[0]);

  const fetcher = async (asked) => {
    const headers = {
      "Accept": "application/graphql-response+json",
      "Authorization": `Bearer ${byName.get(viewerList.value).token}`,
      "Content-Type": "application/json",
    };
    if (purposeList.value !== NO_PURPOSE) headers["Hub-Purpose"] = purposeList.value;
    const response = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify(asked) });
    return response.json();
  };

  // The answer on the page must be the one of whom the bar names.
  const askAgain = () => document.querySelector(".graphiql-execute-button")?.click();
  viewerList.addEventListener("change", () => {
    introduce(byName.get(viewerList.value));
    askAgain();
  });
  purposeList.addEventListener("change", askAgain);

  const page = React.createElement(GraphiQL, {
    fetcher,
    defaultQuery: query,
    storage: new Forgetful(),
    isHeadersEditorEnabled: false,
  });
  ReactDOM.createRoot(document.getElementById("explorer")).render(page);
}

start().catch((error) => { who.textContent = `The explorer cannot start: ${error.message}`; });
