// SPDX-License-Identifier: GPL-3.0-or-later
//
// page.js FOLDER: what a person does with the pages that page.sh made there. Each check is a line; any that fails ends
// the run with 1.
"use strict";
const path = require("node:path");
const {Browser} = require("./browser.js");

const folder = process.argv[2];
let failed = 0;

function check(what, found, wanted) {
    const fine = wanted instanceof RegExp ? wanted.test(String(found)) : JSON.stringify(found) === JSON.stringify(wanted);
    if (fine) return;
    failed++;
    console.error(`FAIL: ${what}: expected ${wanted instanceof RegExp ? wanted : JSON.stringify(wanted)}, got ${JSON.stringify(found)}`);
}

// Complaints and requests of all that was done since the last time.
function checkQuiet(b, what) {
    check(`${what}: complaints`, b.said.splice(0), []);
    check(`${what}: requests`, b.requests.splice(0), []);
}

const shown = "document.querySelector('section.view.shown').dataset.view";
const rows = (of) => `[...document.querySelectorAll('section.view.shown ${of} tbody tr')].map(r => [...r.cells].map(c => c.textContent))`;

async function views(b) {
    await b.open(path.join(folder, "page.html"));
    check("the first view", await b.run(shown), "overview");
    check("overview: cards", await b.run("document.querySelectorAll('.cards > div').length >= 4"), true);
    check("overview: hottest line", (await b.run(rows(".halves > div:last-child")))[0][0], "work.c:7");
    for (const name of ["compare", "functions", "lines", "files", "flame", "time", "missing", "scaling"]) {
        await b.click(`nav a[href="#${name}"]`);
        await b.until(`${shown} === "${name}"`);
        check(`${name}: one current tab`, await b.run("[...document.querySelectorAll('nav [aria-current]')].map(a => a.hash)"), ["#" + name]);
        check(`${name}: not empty`, await b.run("document.querySelector('section.view.shown').innerText.length > 60"), true);
    }
    check("scaling: a chart with marks", await b.run("document.querySelectorAll('section.view.shown svg.chart[role=img] circle').length >= 5"), true);
    await b.press("8");
    await b.until(`${shown} === "missing"`);
    check("missing: a reason", await b.run("document.querySelector('section.view.shown').innerText"), /other\.c[^]*compiled without farmcc|compiled without farmcc[^]*other/);
    await b.press("2");
    await b.until(`${shown} === "compare"`);
    check("compare: more hits are said", await b.run("document.querySelector('section.view.shown').innerText"), /Hits: \d+ lines? ran another number of times/);
    checkQuiet(b, "views");
}

// Runs over two parameters: a map of both, and a chart by each.
async function grid(b) {
    await b.open(path.join(folder, "grid.html"), "#scaling");
    const map = "section.view.shown table.heat";
    check("grid: sizes across", await b.run(`[...document.querySelectorAll('${map} thead tr:last-child th')].map(t => t.textContent)`), ["4", "8", "16"]);
    check("grid: the other one up", await b.run(`[...document.querySelectorAll('${map} tbody th')].map(t => t.textContent)`), ["2", "1"]);
    const cells = await b.run(`[...document.querySelectorAll('${map} tbody td')].map(t => [+t.textContent, t.className])`);
    check("grid: cells", cells.length, 6);
    check("grid: the most work is the largest", Math.max(...cells.map((c) => c[0])), cells[2][0]);
    check("grid: its colour", cells[2][1], "n h5");
    check("grid: a part for each", await b.run("[...document.querySelectorAll('section.view.shown h4')].map(t => t.textContent)"), ["By n", "By z"]);
    check("grid: curves side by side", await b.run("document.querySelector('section.view.shown h4 ~ .panels .legend').innerText"), /z 2: [^]*z 1: /);
    for (const dark of [false, true]) {
        await b.look(1280, dark);
        const {worst, where} = await b.run(contrast);
        check(`contrast of the map, ${dark ? "dark" : "light"}, at ${where}`, worst >= 4.5 || worst, true);
    }
    await b.look(1280, false);
    checkQuiet(b, "grid");
}

async function tables(b) {
    await b.open(path.join(folder, "page.html"), "#functions");
    const names = async () => (await b.run(rows(""))).map((r) => r[0]);
    check("functions: by self time", (await names())[0], "spin");
    check("functions: order is said", await b.run("document.querySelector('.shown th[aria-sort]').textContent + document.querySelector('.shown th[aria-sort]').getAttribute('aria-sort')"), "% Selfdescending");
    await b.click(".shown th:nth-child(1) button");
    const sorted = await names();
    check("functions: by name", sorted, sorted.slice().sort((x, y) => x.localeCompare(y)));
    await b.click(".shown th:nth-child(2) button");
    check("functions: by calls", (await b.run(rows("")))[0].slice(0, 2), ["tiny", "7,000"]);
    await b.run("document.querySelector('.shown input').focus()");
    await b.press(..."never");
    check("functions: filtered", await names(), ["never_called"]);
    await b.press("Escape");
    await b.click('nav a[href="#lines"]');
    await b.until(`${shown} === "lines"`);
    check("lines: hits of the loop", (await b.run(rows(""))).find((r) => r[0] === "work.c:16")[2], "7,001");
    await b.click('nav a[href="#compare"]');
    await b.until(`${shown} === "compare"`);
    await b.click(".shown th:nth-child(2) button");
    check("static tables sort", await b.run("document.querySelector('.shown th[aria-sort]').getAttribute('aria-sort')"), "descending");
    checkQuiet(b, "tables");
}

async function source(b) {
    const target = "document.querySelector('tr.target')";
    await b.open(path.join(folder, "page.html"), "#work.c:16");
    check("link to a line", await b.run(`[${shown}, ${target}.dataset.line, ${target}.cells[1].textContent, document.activeElement.textContent]`),
          ["files", "16", "7,001", "16"]);
    check("it is in sight", await b.run(`(() => { const r = ${target}.getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight; })()`), true);
    check("source is as it was written", await b.run(`${target}.querySelector('code').textContent`), "    for (int i = 0; i < 7000; i++)");
    check("time and heat", await b.run("[...document.querySelectorAll('tr.hot')].map(r => r.dataset.line)"), /7/);
    check("a line that never ran", await b.run("document.querySelector('tr[data-line=\"22\"] td.never').textContent"), "0");
    await b.press("n");
    await b.until(`${target} && ${target}.dataset.line !== "16"`);
    check("next hot line", await b.run("location.hash"), /^#work\.c:\d+$/);
    await b.press("j");
    check("j goes to the next row", await b.run(`+document.activeElement.textContent - +${target}.dataset.line`), 1);
    await b.click(".source th:nth-child(2) button");
    check("source sorts by hits", await b.run("document.querySelector('.source tbody tr').dataset.line"), "6");
    await b.run("location.hash = '#' + document.querySelector('.shown h3').textContent.split(' / ')[1] + ':3'");
    await b.until(`${target} && ${target}.dataset.line === "3"`);
    checkQuiet(b, "source");
}

async function search(b) {
    await b.open(path.join(folder, "page.html"));
    await b.press("/");
    check("/ leads to the search", await b.run("document.activeElement.type"), "search");
    await b.press(..."tiny(i)", "Enter");
    await b.until(`${shown} === "search"`);
    check("search finds source", (await b.run(rows(""))).map((r) => r[0]), ["work.c:17"]);
    await b.run("location.hash = '#search=' + encodeURIComponent('/^never_/')");
    await b.until("document.querySelector('.shown .said').textContent.startsWith('1 func')");
    await b.click("section.view.shown td a");
    await b.until(`${shown} === "files"`);
    check("a result is a link", await b.run("location.hash"), "#work.c:20");
    await b.press("?");
    check("? tells the keys", await b.run("document.querySelector('dialog').open"), true);
    await b.press("Escape");
    await b.press("t");
    check("t: dark", await b.run("document.documentElement.dataset.theme + getComputedStyle(document.body).color"), "darkrgb(227, 232, 238)");
    await b.press("t");
    check("t: light", await b.run("document.documentElement.dataset.theme"), "light");
    await b.run("document.activeElement.blur(), window.scrollTo(0, 0), location.hash = ''");
    checkQuiet(b, "search");
}

async function flame(b) {
    await b.open(path.join(folder, "page.html"), "#flame");
    const wide = "[...document.querySelectorAll('#flame-time g.f')].find(g => g.getAttribute('data-n') === 'spin').querySelector('rect').getAttribute('width')";
    const before = +(await b.run(wide));
    await b.run("[...document.querySelectorAll('#flame-time g.f')].find(g => g.getAttribute('data-n') === 'spin').dispatchEvent(new MouseEvent('click', {bubbles: true}))");
    check("a frame zooms", +(await b.run(wide)) >= before && +(await b.run(wide)) > 1100, true);
    await b.run("document.querySelector('.shown input').focus()");
    await b.press(..."spin");
    check("frames are found", await b.run("document.querySelector('.shown .said').textContent"), /^spin: [\d.]+ %$/);
    await b.run("document.querySelector('#flame-time g.f[tabindex=\"0\"]').focus()");
    await b.press("ArrowUp");
    check("arrows go up the stack", await b.run("document.activeElement.getAttribute('data-n')"), "main");
    checkQuiet(b, "flame");
}

async function hostile(b) {
    await b.open(path.join(folder, "hostile.html"), "#files");
    const names = (await b.run(rows(""))).map((r) => r[0]);
    check("hostile: nothing of it ran", await b.run("window.ran === undefined"), true);
    check("hostile: the file is named", names.filter((n) => n.includes("we<b>ird")).length, 1);
    await b.click("section.view.shown td a[href*='ird']");
    await b.until("document.querySelector('table.source')");
    const text = await b.run("document.querySelector('table.source').textContent");
    check("hostile: text is text", text, /<\/script><script>ran=1<\/script>/);
    check("hostile: a comment of HTML", text, /<!--<script>/);
    check("hostile: control characters are shown", text, /\u241b\[31m/);
    check("hostile: direction is shown", text, /\u27e8U\+202E\u27e9/);
    check("hostile: bytes that are no UTF-8", text, /\ufffd/);
    check("hostile: no elements of it", await b.run("document.querySelectorAll('.shown b, .shown img').length"), 0);
    await b.click("tr[data-line='4'] a");
    await b.until("document.querySelector('tr.target')");
    check("hostile: its lines are linked", await b.run("document.querySelector('tr.target').dataset.line"), "4");
    await b.run("location.hash = '#search=%3C/script%3E'");
    await b.until(`${shown} === "search"`);
    await b.run("location.hash = '#%E0%A4%A'");       // no UTF-8
    await b.until(`${shown} === "overview"`);
    checkQuiet(b, "hostile");
}

async function answers(b) {
    await b.open(path.join(folder, "report.html"));
    check("report: a title of its own", await b.run("document.title"), "farmdb report");
    await b.press("/", ..."7000");
    check("report: rows filter", await b.run("[...document.querySelectorAll('main tbody tr')].filter(r => !r.hidden).length"), 1);
    await b.open(path.join(folder, "compare.html"));
    check("compare: says what changed", await b.run("document.body.innerText"), /Hits: \d+ lines? ran another number of times/);
    checkQuiet(b, "answers");
}

// Text and what it stands on, of all that is shown: contrast as WCAG 2.1 defines it.
const contrast = `(() => {
    const light = (c) => { const [r, g, b] = c.map((v) => (v /= 255, v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const parse = (s) => { const m = s.match(/[\\d.]+/g).map(Number); return {rgb: m.slice(0, 3), a: m.length > 3 ? m[3] : 1}; };
    let worst = 99, where = "";
    for (const e of document.querySelectorAll("header *, section.view.shown :not(svg *), footer")) {
        if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !e.offsetParent) continue;
        let ground = null;
        for (let at = e; at && !ground; at = at.parentElement) {
            const c = parse(getComputedStyle(at).backgroundColor);
            const heat = at.matches(".share") && getComputedStyle(at).backgroundImage !== "none" ? getComputedStyle(document.documentElement).getPropertyValue("--heat") : "";
            if (heat) ground = [1, 3, 5].map((i) => parseInt(heat.trim().slice(i, i + 2), 16));
            else if (c.a === 1) ground = c.rgb;
        }
        const a = light(parse(getComputedStyle(e).color).rgb), b = light(ground || [255, 255, 255]);
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < worst) { worst = ratio; where = e.tagName + "." + e.className + ": " + e.textContent.slice(0, 30); }
    }
    return {worst, where};
})()`;

async function looks(b) {
    for (const dark of [false, true]) {
        await b.look(1280, dark);
        for (const hash of ["", "#compare", "#functions", "#files", "#work.c:16", "#time", "#missing", "#scaling"]) {
            await b.open(path.join(folder, "page.html"), hash);
            const {worst, where} = await b.run(contrast);
            check(`contrast of ${hash || "#overview"}, ${dark ? "dark" : "light"}, at ${where}`, worst >= 4.5 || worst, true);
        }
    }
    await b.look(400, false);
    for (const hash of ["", "#functions", "#work.c:16", "#flame", "#scaling"]) {
        await b.open(path.join(folder, "page.html"), hash);
        check(`${hash || "#overview"} fits 400 pixels`, await b.run("document.documentElement.scrollWidth"), 400);
        check(`${hash || "#overview"}: its tab is seen`, await b.run("(() => { const r = document.querySelector('nav [aria-current]').getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth; })()"), true);
    }
    await b.open(path.join(folder, "page.html"), "#compare");
    check("compare: functions by their names", await b.run("[...document.querySelectorAll('section.view.shown th:first-child')].map(t => t.textContent)"), /Function/);
    await b.look(800, false);
    await b.open(path.join(folder, "page.html"), "#flame");
    await b.until("document.querySelector('svg.flame').clientWidth <= document.querySelector('.flames').clientWidth", "a flame graph that fits 800 pixels");
    // Paper is white, whatever the screen is.
    await b.send("Emulation.setEmulatedMedia", {media: "print", features: [{name: "prefers-color-scheme", value: "dark"}]});
    check("print: the ground", await b.run("getComputedStyle(document.documentElement).backgroundColor"), "rgb(255, 255, 255)");
    await b.send("Emulation.setEmulatedMedia", {media: "", features: []});
    await b.look(1280, false);
    await b.open(path.join(folder, "page.html"));
    check("views, tables and titles have roles", await b.run(`[document.querySelectorAll("main, nav, header, footer").length,
        [...document.querySelectorAll("table")].every(t => t.tHead && [...t.tHead.rows[0].cells].every(c => c.scope === "col")),
        [...document.querySelectorAll("section.view")].every(s => document.getElementById(s.getAttribute("aria-labelledby"))),
        [...document.querySelectorAll("input, select")].every(i => i.getAttribute("aria-label"))]`), [4, true, true, true]);
    await b.press("Tab");
    check("the first Tab skips", await b.run("document.activeElement.className"), "skip");
    check("and is seen", await b.run("document.activeElement.getBoundingClientRect().left"), 0);
    checkQuiet(b, "looks");
}

async function large(b) {
    const times = [];
    for (let i = 0; i < 3; i++) times.push(await b.open(path.join(folder, "large.html")));
    const best = Math.min(...times);
    console.log(`large: 200 files, 100,000 lines: ready in ${best.toFixed(0)} ms (of ${times.map((t) => t.toFixed(0)).join(", ")})`);
    check("large: loads in 30 s on any machine, however busy", best < 30000 || best, true);
    check("large: all of it is there", await b.run("JSON.parse(document.getElementById('data').textContent).files.length"), 201);
    const start = Date.now();
    await b.run("location.hash = '#src/file_150.c:400'");
    await b.until("document.querySelector('tr.target')");
    await b.run("location.hash = '#search=value_77_'");
    await b.until("document.querySelector('.shown .said')");
    console.log(`large: a file and a search over all lines: ${Date.now() - start} ms`);
    check("large: what was searched", await b.run("document.querySelector('.shown .said').textContent"), /^1 function, [1-9]/);
    await b.run("location.hash = '#lines'");
    await b.until("document.querySelectorAll('.shown tbody tr').length === 200");
    checkQuiet(b, "large");
}

(async () => {
    const b = new Browser();
    try {
        await b.start();
        for (const part of [views, grid, tables, source, search, flame, hostile, answers, looks, large]) await part(b);
    } catch (e) {
        console.error("FAIL:", e);
        failed++;
    } finally {
        await b.close();
    }
    process.exit(failed ? 1 : 0);
})();
