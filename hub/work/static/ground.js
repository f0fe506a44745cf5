// Draws ground on the sheet: each click is a corner. What is drawn stands in the field, where it may be written as well.
"use strict";

const FEWEST = 3;
const DIGITS = 6;

const sheet = document.getElementById("sheet");
const outline = document.getElementById("drawn");
const field = document.getElementById("draw-footprint");
const [west, north, scale, wide] = ["west", "north", "scale", "wide"].map((name) => Number(sheet?.dataset[name]));
let corners = [];

function toEarth({ clientX, clientY }) {
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(sheet.getScreenCTM().inverse());
  return [west + x / (wide * scale), north - y / scale].map((degrees) => Number(degrees.toFixed(DIGITS)));
}

function toSheet([longitude, latitude]) {
  return `${(longitude - west) * wide * scale},${(north - latitude) * scale}`;
}

function show(rings) {
  outline.setAttribute("d", rings.map((ring) => `M${ring.map(toSheet).join(" ")}Z`).join(" "));
}

function draw(next) {
  corners = next;
  const ring = [...corners, corners[0]];
  field.value = corners.length < FEWEST ? "" : JSON.stringify({ type: "Polygon", coordinates: [ring] });
  show(corners.length ? [corners] : []);
}

// What is no polygon yet is shown when it is one; what is wanted of it the hub says.
function read() {
  try {
    const written = JSON.parse(field.value);
    if (written.type === "Polygon") show(written.coordinates);
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
}

function button(text, next) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", () => draw(next()));
  return made;
}

function begin() {
  const bar = document.createElement("p");
  bar.className = "row";
  bar.append("Click on the sheet, corner by corner.");
  bar.append(button("Take back the last corner", () => corners.slice(0, -1)), button("Begin anew", () => []));
  sheet.after(bar);
  sheet.classList.add("open");
  sheet.addEventListener("click", (event) => draw([...corners, toEarth(event)]));
  field.addEventListener("input", read);
}

if (sheet && field) begin();
