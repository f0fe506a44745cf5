// Hears over one WebSocket what changed, fetches the page anew, and puts in those parts of it that are marked as live.
"use strict";

// Of a case is told what was selected, so this selects whatever the page shows of it.
const SUBSCRIPTIONS = {
  alerts: "subscription WorkHearsAlerts($after: String) { heard: alerts(after: $after) { cursor alert { id } } }",
  tasks: "subscription WorkHearsTasks($after: String) { heard: taskUpdates(after: $after) { cursor task { id } } }",
  referrals: `subscription WorkHearsReferrals($after: String) { heard: referralUpdates(after: $after) {
    cursor referral { id version }
  } }`,
  case: `subscription WorkHearsCase($thing: ID!, $after: String) { heard: caseUpdates(id: $thing, after: $after) {
    cursor
    case {
      reference caseType status closedOn summary closureReason leadAgency consentStatus version
      agencies(first: 50) { edges { node { id } } }
      people(first: 100) { edges { roles node { id } } }
      premises(first: 50) { edges { node { id } } }
      entries(first: 1) { totalCount }
      tasks(first: 50) { edges { node { id status agency person version } } }
      actions(first: 50) { edges { node { id status } } }
      riskAssessments(first: 20) { edges { node { id status } } }
    }
  } }`,
};
const FORBIDDEN = 4403;
const SHORTEST_PAUSE = 1000;
const LONGEST_PAUSE = 60000;
const RETRY_PAUSE = 2000;

const page = document.querySelector(".page");
const hears = page.dataset.hears.split(" ").filter(Boolean);
const cursors = {};
let pause = SHORTEST_PAUSE;
let isHearing = false;

function named(name) {
  return document.querySelector(`meta[name="hub-${name}"]`).content;
}

// A page that is live already is not said to be so again: a screen reader would read it out each time.
function tell(text, isLive = false) {
  const place = document.getElementById("live");
  if (place.textContent === text || (text === "live" && place.classList.contains("is-live"))) return;
  place.textContent = text;
  place.classList.toggle("is-live", isLive);
}

function listen() {
  const socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/graphql`, "graphql-transport-ws");
  const send = (message) => socket.send(JSON.stringify(message));
  socket.addEventListener("open", () => {
    const payload = { Authorization: `Bearer ${named("token")}`, "Hub-Purpose": named("purpose") };
    send({ type: "connection_init", payload });
  });
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "connection_ack") {
      pause = SHORTEST_PAUSE;
      isHearing = true;
      hears.forEach((name) => subscribe(send, name));
      refresh();
    } else if (message.type === "ping") {
      send({ type: "pong" });
    } else if (message.type === "next" && message.payload.data) {
      cursors[message.id] = message.payload.data.heard.cursor;
      refresh();
    } else if (message.type === "error") {
      isHearing = false;
      tell("not live: reload the page to see what is new");
    }
  });
  socket.addEventListener("close", ({ code }) => {
    isHearing = false;
    if (code === FORBIDDEN) {
      location.assign("/work/sign-in?over");
      return;
    }
    tell("not live: connecting again");
    setTimeout(listen, pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  });
}

function subscribe(send, name) {
  const variables = { after: cursors[name] ?? null, ...(name === "case" && { thing: page.dataset.thing }) };
  send({ type: "subscribe", id: name, payload: { query: SUBSCRIPTIONS[name], variables } });
}

let fetching = null;
let isStale = false;

// One page is fetched at a time; what is heard meanwhile is seen by the next, and what cannot be fetched is asked for again.
async function refresh() {
  isStale = true;
  if (fetching) return;
  while (isStale) {
    isStale = false;
    fetching = fetch(page.dataset.address, { redirect: "manual" });
    try {
      await show(await fetching);
    } catch {
      tell("not live: the hub does not answer");
      setTimeout(refresh, RETRY_PAUSE);
    } finally {
      fetching = null;
    }
  }
}

async function show(answer) {
  if (answer.type === "opaqueredirect" || answer.status === 404) {
    location.assign(page.dataset.address);
    return;
  }
  if (!answer.ok) throw new Error(answer.statusText);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  // What was written stands in a form that was refused, and in no page that is fetched anew.
  const parts = [...document.querySelectorAll("[data-live]:not(:has([data-kept]))")];
  const differing = parts.filter((part) => differs(part, fresh));
  const written = differing.filter(isWrittenIn);
  differing.filter((part) => !written.includes(part)).forEach((part) => replace(part, fresh));
  const at = new Date().toLocaleTimeString("en-GB");
  if (written.length) tell("live: something is new where you write, which stays until you send it or reload the page", true);
  else if (differing.length) tell(hears.length ? `live: changed at ${at}` : `changed at ${at}`, hears.length > 0);
  else if (isHearing) tell("live", true);
  else if (!hears.length) tell("");
}

function differs(part, fresh) {
  const next = fresh.getElementById(part.id);
  return next && comparable(next) !== comparable(part);
}

function replace(part, fresh) {
  const next = fresh.getElementById(part.id);
  const focused = part.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  for (const folded of part.querySelectorAll("details[open]")) {
    next.querySelector(`details[data-act="${folded.dataset.act}"]`)?.setAttribute("open", "");
  }
  part.replaceWith(next);
  if (focused) next.querySelector(focused)?.focus();
}

// A part in which somebody writes stays as it is, and the hub says of what they send that there is something newer.
function isWrittenIn(part) {
  const fields = [...part.querySelectorAll("input, textarea, select")];
  return fields.some((field) => field === document.activeElement || isChanged(field));
}

function isChanged(field) {
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

function nameOf(element) {
  return element.id ? `#${CSS.escape(element.id)}` : `a[href="${CSS.escape(element.getAttribute("href") ?? "")}"]`;
}

// The keys of forms differ each time and are no change; nor is what the reader has unfolded.
function comparable(part) {
  const copy = part.cloneNode(true);
  copy.querySelectorAll('input[name="key"]').forEach((key) => key.removeAttribute("value"));
  copy.querySelectorAll("details[open]").forEach((folded) => folded.removeAttribute("open"));
  return copy.innerHTML;
}

// Whom the route of a referral tells is ticked with it and stays so, as they are told in any case.
function tickRoute({ target }) {
  if (target.name !== "route") return;
  for (const box of target.form.querySelectorAll("input[data-routes]")) {
    const isTold = box.dataset.routes.split(" ").includes(target.value);
    if (isTold && !box.checked) box.dataset.ticked = "";
    if ("ticked" in box.dataset) box.checked = isTold;
    if (!isTold) delete box.dataset.ticked;
    box.disabled = isTold;
  }
}

document.addEventListener("change", tickRoute);
document.querySelectorAll('select[name="route"]').forEach((target) => tickRoute({ target }));
if (hears.length) listen();

// Of lists of cases nothing is heard: whoever comes back to their window sees what is new. What is being fetched is new enough.
function lookAgain() {
  if (document.visibilityState === "visible" && !fetching) refresh();
}

if ("again" in page.dataset) {
  document.addEventListener("visibilitychange", lookAgain);
  window.addEventListener("focus", lookAgain);
}
