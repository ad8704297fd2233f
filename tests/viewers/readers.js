// SPDX-License-Identifier: GPL-3.0-or-later
//
// readers.js SPEEDSCOPE NS: opens the exports in the current folder with speedscope's page, as its own command does, and
// reads the table of its view "Sandwich": `spin` must have NS nanoseconds of self time, to the digits that it shows (each
// folded stack is in whole nanoseconds).
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const {Browser} = require("./browser.js");

const [page, ns] = process.argv.slice(2);
let failed = 0;

function check(what, fine, found) {
    if (fine) return;
    failed++;
    console.error(`FAIL: speedscope, ${what}: ${JSON.stringify(found)}`);
}

async function open(b, file) {
    const script = path.resolve(`${file}.js`), text = fs.readFileSync(file).toString("base64");
    fs.writeFileSync(script, `speedscope.loadFileFromBase64(${JSON.stringify(file)}, ${JSON.stringify(text)})`);
    await b.open(page, "#localProfilePath=" + script);
    await b.until("/ - speedscope$/.test(document.title)", `${file} is open`);
    await b.press("3");
    await b.until("/Symbol Name\\n./.test(document.body.innerText)", `${file} as a table`);
    const complaints = b.said.splice(0).filter((t) => !/^(log|warning|timeEnd):/.test(t));
    check(`${file}: complaints`, !complaints.length, complaints);
    return (await b.run("document.body.innerText")).split(/\n\t?/);
}

// The figure of self time stands before the name.
function checkTime(file, words) {
    const found = words[words.indexOf("spin") - 1] || "", figure = parseFloat(found.replace(/,/g, ""));
    const unit = /^[\d.]+ms/.test(found) ? 1e6 : /^[\d.]+s/.test(found) ? 1e9 : 1;
    check(`${file}: self time of spin, ${ns} ns`, Math.abs(figure * unit - ns) <= 0.005 * unit + 1e-6 * ns, words);
}

(async () => {
    const b = new Browser();
    await b.start();
    for (const file of ["x.speedscope.json", "x.pb.gz", "x.folded"]) checkTime(file, await open(b, file));
    // It makes stacks of the graph of calls, which is a guess where a function calls itself: no figures of it.
    const graph = await open(b, "callgrind.out.x");
    check("callgrind.out.x: functions", ["main", "big", "deep", "spin", "compare"].every((f) => graph.includes(f)), graph);
    const trace = (await open(b, "x.trace.json")).join(" ");
    check("x.trace.json: the program's thread", /viewed/.test(trace), trace);
    await b.close();
    process.exitCode = failed ? 1 : 0;
})().catch((error) => {
    console.error(error);
    process.exit(1);
});
