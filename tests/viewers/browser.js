// SPDX-License-Identifier: GPL-3.0-or-later
//
// A headless Chromium, driven through its debugging pipe (file descriptors 3 and 4: no port, no other program). What a
// page asks the network for and everything that it complains about is kept for the test to judge.
"use strict";
const {spawn} = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const LIMIT_MS = 120000;         // for one answer: machines may be busy

class Browser {
    constructor(width = 1280, height = 900) {
        this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "farm-chromium."));
        const names = ["--headless=new", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu", "--hide-scrollbars",
                       "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
                       `--user-data-dir=${this.folder}`, `--window-size=${width},${height}`];
        if (process.getuid() === 0) names.push("--no-sandbox");
        this.child = spawn(process.env.CHROMIUM || "chromium", [...names, "about:blank"],
                           {stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"], detached: true});
        this.calls = new Map();
        this.waits = [];
        this.number = 0;
        this.said = [];          // complaints: console, exceptions, log
        this.requests = [];      // addresses other than the page itself
        this.rest = "";
        this.child.stdio[4].setEncoding("utf8");
        this.child.stdio[4].on("data", (text) => this.read(text));
    }

    read(text) {
        const parts = (this.rest + text).split("\0");
        this.rest = parts.pop();
        for (const message of parts.map((p) => JSON.parse(p))) {
            const call = this.calls.get(message.id);
            if (call) {
                this.calls.delete(message.id);
                clearTimeout(call.timer);
                message.error ? call.fail(new Error(`${call.method}: ${message.error.message}`)) : call.done(message.result);
            } else this.note(message.method, message.params);
        }
    }

    note(method, params) {
        if (method === "Runtime.exceptionThrown")
            this.said.push(params.exceptionDetails.exception ? params.exceptionDetails.exception.description : params.exceptionDetails.text);
        if (method === "Runtime.consoleAPICalled") this.said.push(`${params.type}: ${params.args.map((a) => a.value).join(" ")}`);
        if (method === "Log.entryAdded") this.said.push(`${params.entry.level}: ${params.entry.text}`);
        if (method === "Network.requestWillBeSent" && !params.request.url.startsWith("data:") &&
            params.request.url.split("#")[0] !== this.address) this.requests.push(params.request.url);
        this.waits = this.waits.filter((w) => w.method !== method || (w.done(params), false));
    }

    send(method, params = {}) {
        const id = ++this.number, message = {id, method, params};
        if (this.session) message.sessionId = this.session;
        this.child.stdio[3].write(JSON.stringify(message) + "\0");
        return new Promise((done, fail) => {
            const timer = setTimeout(() => fail(new Error(`${method}: no answer in ${LIMIT_MS / 1000} s`)), LIMIT_MS);
            this.calls.set(id, {done, fail, timer, method});
        });
    }

    event(method) {
        return new Promise((done) => this.waits.push({method, done}));
    }

    async start() {
        let target;
        for (const end = Date.now() + LIMIT_MS; !target && Date.now() < end;)        // it may not have opened it yet
            target = (await this.send("Target.getTargets")).targetInfos.find((t) => t.type === "page");
        if (!target) throw new Error("no page opens");
        this.session = (await this.send("Target.attachToTarget", {targetId: target.targetId, flatten: true})).sessionId;
        for (const domain of ["Page", "Runtime", "Log", "Network"]) await this.send(`${domain}.enable`);
    }

    // Loads a file and returns how many milliseconds that took, to the end of the page's own work.
    async open(file, hash = "") {
        this.address = "file://" + encodeURI(path.resolve(file));
        const blank = this.event("Page.loadEventFired");
        await this.send("Page.navigate", {url: "about:blank"});
        await blank;
        const loaded = this.event("Page.loadEventFired"), before = process.hrtime.bigint();
        await this.send("Page.navigate", {url: this.address + hash});
        await loaded;
        await this.run("new Promise(done => requestAnimationFrame(() => setTimeout(done)))");
        return Number(process.hrtime.bigint() - before) / 1e6;
    }

    // The value of an expression in the page; promises are waited for.
    async run(expression) {
        const r = await this.send("Runtime.evaluate", {expression, awaitPromise: true, returnByValue: true, userGesture: true});
        if (r.exceptionDetails) throw new Error(`${expression}: ${r.exceptionDetails.exception.description}`);
        return r.result.value;
    }

    // Waits until an expression is true.
    async until(expression, words = expression) {
        const found = await this.run(`new Promise(done => { const end = Date.now() + ${LIMIT_MS * 0.9};
            (function look() { (${expression}) ? done(true) : Date.now() > end ? done(false) : requestAnimationFrame(look); })(); })`);
        if (!found) throw new Error(`never true: ${words}`);
    }

    async click(selector) {
        const box = await this.run(`(() => { const e = document.querySelector(${JSON.stringify(selector)});
            if (!e) return null; e.scrollIntoView({block: "center"}); const r = e.getBoundingClientRect();
            return [r.left + Math.min(r.width / 2, 20), r.top + r.height / 2]; })()`);
        if (!box) throw new Error(`nothing to click: ${selector}`);
        for (const type of ["mousePressed", "mouseReleased"])
            await this.send("Input.dispatchMouseEvent", {type, x: box[0], y: box[1], button: "left", clickCount: 1});
    }

    // A key by its name ("Enter"), or each letter of a text.
    async press(...names) {
        const codes = {Enter: 13, Escape: 27, Tab: 9, ArrowUp: 38, ArrowDown: 40, ArrowLeft: 37, ArrowRight: 39};
        for (const key of names) {
            const text = key === "Enter" ? "\r" : key.length === 1 ? key : undefined;
            const code = codes[key] || (/^[a-z0-9]$/i.test(key) ? key.toUpperCase().charCodeAt(0) : 0);
            await this.send("Input.dispatchKeyEvent", {type: "keyDown", key, text, windowsVirtualKeyCode: code});
            await this.send("Input.dispatchKeyEvent", {type: "keyUp", key, windowsVirtualKeyCode: code});
        }
    }

    async look(width, dark) {
        await this.send("Emulation.setDeviceMetricsOverride", {width, height: 900, deviceScaleFactor: 1, mobile: false});
        await this.send("Emulation.setEmulatedMedia", {features: [{name: "prefers-color-scheme", value: dark ? "dark" : "light"}]});
    }

    async picture(file) {
        const {data} = await this.send("Page.captureScreenshot", {format: "png"});
        fs.writeFileSync(file, Buffer.from(data, "base64"));
    }

    async print(file) {
        const {data} = await this.send("Page.printToPDF", {printBackground: true, preferCSSPageSize: true});
        fs.writeFileSync(file, Buffer.from(data, "base64"));
    }

    async close() {
        const ended = new Promise((done) => this.child.once("exit", done));
        this.session = undefined;
        await this.send("Browser.close").catch(() => {});
        await ended;
        fs.rmSync(this.folder, {recursive: true, force: true, maxRetries: 5});
    }
}

module.exports = {Browser};
