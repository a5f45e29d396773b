// Shows the frames that come; says nothing but which of them has been shown.
import { Terminal } from "./xterm.mjs";
import { WebglAddon } from "./addon-webgl.mjs";

const SLOWEST = 5000; // milliseconds between two tries to connect
const BASE = 20; // font size at which a cell is measured
const place = document.getElementById("screen");
const state = document.getElementById("state");

const terminal = new Terminal({
  cols: 160, rows: 48, disableStdin: true, scrollback: 0, fontSize: BASE,
  cursorInactiveStyle: "none", cursorBlink: false, drawBoldTextInBrightColors: false,
  fontFamily: '"DejaVu Sans Mono", Menlo, Consolas, "Liberation Mono", monospace',
  theme: { background: "#0e1216", foreground: "#c9d3dc", cursor: "#0e1216" },
});
terminal.onTitleChange((title) => { document.title = title; });
terminal.open(place);
terminal.textarea.tabIndex = -1;
try {
  const drawing = new WebglAddon();
  drawing.onContextLoss(() => drawing.dispose());
  terminal.loadAddon(drawing);
} catch { /* a browser without WebGL draws with elements */ }

// The largest font at which all columns and rows are in the window.
function fit() {
  const cell = place.querySelector(".xterm-screen");
  const fits = () => cell.offsetWidth <= innerWidth && cell.offsetHeight <= innerHeight;
  const per = Math.max(cell.offsetWidth / innerWidth, cell.offsetHeight / innerHeight) / terminal.options.fontSize;
  let size = Math.max(1, Math.ceil(4 / per) / 4 + 0.5);
  for (terminal.options.fontSize = size; size > 1 && !fits(); terminal.options.fontSize = size) size -= 0.25;
}

// Which of the two drawings suits the window.
const shape = () => (innerHeight > innerWidth ? "tall" : "wide");

function address() {
  const url = new URL(`screen/${shape()}${location.search}`, location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return url;
}

// What is drawn, for screen readers: written again once a second at most.
let reading = 0;
function read() {
  const lines = terminal.buffer.active;
  const words = Array.from({ length: terminal.rows }, (_, y) => lines.getLine(y)?.translateToString(true) ?? "");
  document.getElementById("words").textContent = words.join("\n");
  reading = 0;
}

let since = null;
let wait = 500;
let current = null;
let shown = "";

function lost(socket) {
  if (socket !== current) return;
  since ??= new Date();
  const time = since.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  state.className = "";
  state.textContent = `No connection since ${time}; trying again …`;
  setTimeout(connect, wait * (0.5 + Math.random()));
  wait = Math.min(wait * 2, SLOWEST);
}

function connect() {
  const socket = current = new WebSocket(address());
  shown = shape();
  socket.onmessage = ({ data }) => {
    if (socket !== current) return;
    if (data[0] === "{") {
      const { columns, rows, paper, ink } = JSON.parse(data);
      document.documentElement.style.background = document.body.style.background = paper;
      terminal.options.theme = { background: paper, foreground: ink, cursor: paper };
      terminal.resize(columns, rows);
      terminal.reset();
      fit();
      return;
    }
    const end = data.indexOf("\n");
    const number = data.slice(0, end);
    terminal.write(data.slice(end + 1), () => {
      if (socket.readyState === WebSocket.OPEN) socket.send(number);
      reading ||= setTimeout(read, 1000);
      [since, wait, state.textContent] = [null, 500, ""];
    });
  };
  socket.onclose = () => lost(socket);
}

function turned() {
  fit();
  if (shape() === shown || current.readyState !== WebSocket.OPEN) return;
  const before = current;
  connect();
  before.close();
}

addEventListener("resize", turned);
connect();
