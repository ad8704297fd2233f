// SPDX-License-Identifier: GPL-3.0-or-later
// The views of `farmdb html` that are drawn from its data (db/html/data.c says what is in it): functions, lines, files,
// source texts, search. Nothing is drawn before it is asked for.
(() => {
    const {el, grid, addView, addKey, resolvers, named, tools, route} = farmPage;
    const data = JSON.parse(document.getElementById("data").textContent), files = data.files;
    const timed = data.samples > 0, HOT = 0.1, WARM = 0.01, CHUNK = 200, ROW = 19, WHOLE = 20000;

    // ---- figures as people read them

    const digits = (x) => x >= 100 || x === 0 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2);
    function scaled(x, names, base) {
        let i = 0;
        while (i + 1 < names.length && Math.abs(x) >= base * 0.9995) { x /= base; i++; }
        return digits(x) + " " + names[i];
    }
    const count = (n) => n === null || n === undefined ? "" : n.toLocaleString("en-US");
    const plural = (n, what, before = "") => `${before}${count(n)} ${what}${n === 1 ? "" : "s"}`;
    const time = (ns) => ns ? scaled(ns, ["ns", "us", "ms", "s"], 1000) : "";
    const bytes = (n) => n ? Math.abs(n) < 1000 ? n + " B" : scaled(n / 1000, ["kB", "MB", "GB", "TB"], 1000) : "";
    const percent = (part) => part ? (100 * part).toFixed(1) : "";
    const share = (ns) => data.cpu_ns > 0 ? ns / data.cpu_ns : 0;

    // Characters that control something are shown, not obeyed.
    const ODD = /[\u0000-\u0008\u000b-\u001f\u007f]|[\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
    const picture = (c) => c < " " ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : c === "\u007f" ? "\u2421"
        : "\u27e8U+" + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0") + "\u27e9";
    const clean = (text) => ODD.test(text) ? [...text].map((c) => ODD.test(c) ? picture(c) : c).join("") : text;

    // ---- the data, by file and line

    const byName = new Map();
    files.forEach((f, i) => {
        f.index = i;
        f.key = byName.has(f.name) ? `${f.name}@${f.path === f.name ? 2 : files.slice(0, i).filter((g) => g.name === f.name).length + 1}` : f.name;
        byName.set(f.key, f);
        f.ns = f.times.reduce((sum, t) => sum + t[2], 0);
        f.allocated = f.allocs.reduce((sum, a) => sum + a[2], 0);
        f.ran = f.hits.reduce((n, h) => n + (h > 0), 0);
        f.functions = [];
    });
    const functions = data.functions.map((r) => ({
        file: files[r[0]], line: r[1], last: r[2], name: clean(r[3]), why: r[4], calls: r[4] === null ? r[5] : null,
        self: r[6], error: r[7], total: r[8], timed: r[9], mean: r[10], least: r[11], p50: r[12], p99: r[13], most: r[14]}));
    for (const f of functions) f.file.functions.push(f);

    const textOf = (f) => f.source || (f.source = f.text ? f.text.split("\n") : []);
    function figures(f) {
        if (f.figures) return f.figures;
        const at = f.figures = new Map(), row = (n) => at.get(n) || (at.set(n, {file: f, line: n, hits: null, ns: 0}), at.get(n));
        f.lines.forEach((n, i) => { row(n).hits = f.hits[i]; });
        for (const n of f.flight) row(n).flight = true;
        for (const n of f.wrong) row(n).wrong = true;
        for (const [n, samples, ns, below, error] of f.times) Object.assign(row(n), {samples, ns, below, error});
        for (const [n, allocs, size, temporary, leaked] of f.allocs) Object.assign(row(n), {allocs, bytes: size, temporary, leaked});
        return at;
    }
    function functionAt(f, n) {
        let found = null;
        for (const g of f.functions) if (g.line <= n && n <= g.last) found = g;      // by line: the innermost comes last
        return found;
    }
    let every = null;
    const everyLine = () => every || (every = files.flatMap((f) => [...figures(f).values()]));
    const perHit = (r) => r.hits && !r.flight ? r.ns / r.hits || null : null;

    const hashOf = (f, line) => "#" + encodeURIComponent(f.key).replace(/%2F/g, "/") + (line ? ":" + line : "");
    const link = (f, line, words) => el("a", {href: hashOf(f, line)}, words === undefined ? clean(f.key) + (line ? ":" + line : "") : words);

    // "src/a.c", "a.c" where only one file ends so, or an absolute path.
    function findFile(name) {
        if (byName.has(name)) return byName.get(name);
        const fits = files.filter((f) => f.path === name || f.path.endsWith("/" + name));
        return fits.length === 1 || (fits.length && fits.every((f) => f.path === fits[0].path)) ? fits[0] : null;
    }
    function findPlace(name) {
        const at = /^([^]*?):(\d+)$/.exec(name), whole = findFile(name);
        if (whole) return {file: whole, line: 0};
        const f = at ? findFile(at[1]) : null;
        return f ? {file: f, line: +at[2]} : null;
    }

    // ---- columns

    const hitsText = (r) => r.wrong ? "not known" : r.hits === null ? "" : (r.flight ? "~" : "") + count(r.hits);
    const timeTip = (r) => r.ns ? `\u00b1 ${time(r.error)} (standard error), ${count(r.samples)} samples` +
        (r.below ? `; ${time(r.below)} of it in code that is not instrumented` : "") : null;
    const most = (rows, key) => rows.reduce((m, r) => Math.max(m, r[key] || 0), 0);
    function lineColumns() {
        const top = Math.max(1, ...files.map((f) => most(f.times.map((t) => ({ns: t[2]})), "ns")));
        return [
            {title: "Line", class: "place", value: (r) => r.file.key + ":" + String(r.line).padStart(7, "0"), node: (r) => link(r.file, r.line)},
            {title: "Function", value: (r) => (functionAt(r.file, r.line) || {name: ""}).name},
            {title: "Hits", number: true, value: (r) => r.hits, node: hitsText},
            ...timed ? [
                {title: "Time", number: true, value: (r) => r.ns || null, node: (r) => time(r.ns), tip: timeTip},
                {title: "Per hit", number: true, value: perHit, node: (r) => time(perHit(r))},
                {title: "% Time", number: true, class: "share", value: (r) => r.ns || null, node: (r) => percent(share(r.ns)), part: (r) => r.ns / top}] : [],
            ...data.heap ? [
                {title: "Allocs", number: true, value: (r) => r.allocs, node: (r) => count(r.allocs)},
                {title: "Bytes", number: true, value: (r) => r.bytes, node: (r) => bytes(r.bytes)},
                ...files.some((f) => f.allocs.some((a) => a[4])) ? [{title: "Leaked", number: true, value: (r) => r.leaked || null, node: (r) => bytes(r.leaked)}] : []] : [],
            {title: "Source", class: "src", value: (r) => (textOf(r.file)[r.line - 1] || "").trim(),
             node: (r) => el("code", {}, ...marked((textOf(r.file)[r.line - 1] || "").trim()))}];
    }
    function functionColumns(brief) {
        const top = Math.max(1, most(functions, "self")), any = functions.some((f) => f.timed);
        return [
            {title: "Function", class: "place", value: (f) => f.name, node: (f) => link(f.file, f.line, f.name)},
            {title: "Calls", number: true, value: (f) => f.calls, node: (f) => count(f.calls)},
            ...timed ? [
                {title: "Self", number: true, value: (f) => f.self || null, node: (f) => time(f.self), tip: (f) => f.self ? `\u00b1 ${time(f.error)} (standard error)` : null},
                {title: "% Self", number: true, class: "share", value: (f) => f.self || null, node: (f) => percent(share(f.self)), part: (f) => f.self / top},
                {title: "Total", number: true, value: (f) => f.total || null, node: (f) => time(f.total)},
                {title: "% Total", number: true, value: (f) => f.total || null, node: (f) => percent(share(f.total))}] : [],
            ...any && !brief ? [
                {title: "Mean call", number: true, value: (f) => f.mean, node: (f) => time(f.mean), hint: "of timed calls, with what they call"},
                {title: "p50", number: true, value: (f) => f.p50, node: (f) => time(f.p50)},
                {title: "p99", number: true, value: (f) => f.p99, node: (f) => time(f.p99)},
                {title: "Longest", number: true, value: (f) => f.most, node: (f) => time(f.most)}] : [],
            {title: "Place", class: "place", value: (f) => f.file.key + ":" + String(f.line).padStart(7, "0"), node: (f) => link(f.file, f.line)},
            ...brief || !functions.some((f) => f.why !== null) ? [] : [{title: "Not instrumented", value: (f) => f.why || "", node: (f) => f.why ? clean(f.why) : ""}]];
    }
    const start = timed ? "% Time" : "Hits";
    const columnOf = (columns, title) => columns.findIndex((c) => c.title === title);

    // ---- what is looked for: plain text, or /pattern/

    function matcher(text) {
        const pattern = /^\/(.+)\/$/.exec(text);
        if (pattern) try { const r = new RegExp(pattern[1], "i"); return (s) => r.test(s); } catch (e) { /* plain, then */ }
        const plain = text.toLowerCase();
        return (s) => s.toLowerCase().includes(plain);
    }
    function filtered(place, columns, rows, words, choices, options) {
        const choose = el("select", {"aria-label": "Which", onchange: apply}, ...Object.keys(choices).map((c) => el("option", {}, c)));
        const field = el("input", {type: "search", placeholder: words, "aria-label": words, oninput: apply});
        const said = el("span", {class: "said", role: "status"}), table = grid({columns, rows: [], quiet: true, ...options});
        function apply() {
            const fits = matcher(field.value), chosen = choices[choose.value];
            const left = rows().filter((r) => chosen(r) && (!field.value || fits(options.words(r))));
            table.update(left);
            said.textContent = plural(left.length, "row");
        }
        place.replaceChildren(el("div", {class: "bar-tools"}, field, choose, said), table);
        apply();
    }
    const at = (id) => document.getElementById("at-" + id);
    function once(id, draw) {
        let drawn = false;
        named.get(id).onShow = () => { if (!drawn) { drawn = true; draw(at(id)); } };
    }

    once("functions", (place) => {
        const columns = functionColumns(false);
        filtered(place, columns, () => functions, "Function or file", {
            "All functions": () => true, "That ran": (f) => f.calls > 0 || f.self > 0, "Never called": (f) => f.calls === 0,
            "Not instrumented": (f) => f.why !== null,
        }, {sort: columnOf(columns, timed ? "% Self" : "Calls"), caption: "Functions", words: (f) => f.name + " " + f.file.path});
    });
    once("lines", (place) => {
        const columns = lineColumns();
        filtered(place, columns, everyLine, "Source, function or file", {
            "All lines": () => true, "That ran": (r) => r.hits > 0, "Never ran": (r) => r.hits === 0, "With time": (r) => r.ns > 0,
            ...data.heap ? {"That allocate": (r) => r.allocs > 0, "That leak": (r) => r.leaked > 0} : {},
        }, {sort: columnOf(columns, start), caption: "Lines",
            words: (r) => `${textOf(r.file)[r.line - 1] || ""} ${(functionAt(r.file, r.line) || {name: ""}).name} ${r.file.key}:${r.line}`});
    });

    // ---- source: C in colours, figures beside it

    const KEYWORDS = new Set(("auto break case char const continue default do double else enum extern float for goto if inline int long " +
        "register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while bool true false").split(" "));
    const TOKEN = /\/\*|\/\/|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|^\s*#\s*\w+|[A-Za-z_]\w*/g;
    // Pieces [class, text] of a line, and whether a comment goes on behind it.
    function pieces(text, inside) {
        const out = [];
        let from = 0;
        const add = (to, kind) => { if (to > from) out.push([kind, text.slice(from, to)]); from = to; };
        const close = () => { const end = text.indexOf("*/", from + (inside === 2 ? 2 : 0)); add(end < 0 ? text.length : end + 2, "c"); inside = end < 0; };
        if (inside) close();
        TOKEN.lastIndex = from;
        for (let m; !inside && (m = TOKEN.exec(text)); ) {
            if (m[0] === "//") { add(m.index, ""); add(text.length, "c"); break; }
            if (m[0] === "/*") { add(m.index, ""); inside = 2; close(); TOKEN.lastIndex = from; continue; }
            const kind = m[0][0] === '"' || m[0][0] === "'" ? "q" : m[0].includes("#") || KEYWORDS.has(m[0]) ? "k" : "";
            if (kind) { add(m.index, ""); add(m.index + m[0].length, kind); }
        }
        add(text.length, inside ? "c" : "");
        return [out, !!inside];
    }
    // Text nodes and, for what is odd, its picture.
    function marked(text) {
        if (!ODD.test(text)) return [text];
        return text.split(new RegExp(`(${ODD.source})`)).filter(Boolean)
            .map((t) => ODD.test(t) ? el("span", {class: "odd", title: "U+" + t.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}, picture(t)) : t);
    }
    function states(f) {         // by line: does it begin inside of a comment?
        if (f.states) return f.states;
        let inside = false;
        return f.states = textOf(f).map((t) => { const was = inside; if (inside || t.includes("/*")) inside = pieces(t, inside)[1]; return was; });
    }

    const source = {file: null, pane: null, chunks: [], order: [], sort: 0, sign: 1};
    const observer = new IntersectionObserver((entries) => {
        for (const e of entries) if (e.isIntersecting) fill(e.target.number);
    }, {rootMargin: "1500px 0px"});

    function sourceColumns(f) {
        const top = Math.max(1, most(f.times.map((t) => ({ns: t[2]})), "ns")), heap = f.allocs.length > 0;
        return [
            {title: "Line", value: (r) => r.line, node: (r) => el("a", {href: hashOf(f, r.line)}, r.line)},
            {title: "Hits", value: (r) => r.hits, node: hitsText, class: (r) => r.hits === 0 ? "n never" : "n", tip: (r) => r.hits === 0 ? "never ran" : r.flight ? "in flight: at least" : null},
            ...timed ? [
                {title: "Time", less: true, value: (r) => r.ns || null, node: (r) => time(r.ns), tip: timeTip},
                {title: "Per hit", less: true, value: perHit, node: (r) => time(perHit(r))},
                {title: "% Time", value: (r) => r.ns || null, node: (r) => percent(share(r.ns)), class: () => "n share", part: (r) => r.ns / top}] : [],
            ...heap ? [
                {title: "Allocs", less: true, value: (r) => r.allocs, node: (r) => count(r.allocs)},
                {title: "Bytes", value: (r) => r.bytes, node: (r) => bytes(r.bytes)},
                ...f.allocs.some((a) => a[4]) ? [{title: "Leaked", value: (r) => r.leaked || null, node: (r) => bytes(r.leaked)}] : []] : []];
    }

    function lineRow(n) {
        const f = source.file, r = figures(f).get(n) || {line: n, hits: null, ns: 0}, tr = el("tr", {"data-line": n});
        if (timed && share(r.ns) >= HOT) tr.classList.add("hot");
        else if (timed && share(r.ns) >= WARM) tr.classList.add("warm");
        if (n === source.target) tr.classList.add("target");
        for (const c of source.columns) {
            const td = el("td", {class: (c.class ? c.class(r) : "n") + (c.less ? " less" : ""), title: c.tip ? c.tip(r) : null}, c.node(r));
            if (c.part && r.ns) td.style.setProperty("--p", (100 * c.part(r)).toFixed(1) + "%");
            tr.append(td);
        }
        const code = el("code");
        for (const [kind, text] of pieces(textOf(f)[n - 1] || "", states(f)[n - 1])[0])
            code.append(...kind ? [el("span", {class: kind}, ...marked(text))] : marked(text));
        tr.append(el("td", {class: "src"}, code));
        return tr;
    }

    function fill(i) {
        const chunk = source.chunks[i];
        if (!chunk || chunk.filled) return;
        chunk.filled = true;
        observer.unobserve(chunk);
        chunk.replaceChildren(...source.order.slice(i * CHUNK, (i + 1) * CHUNK).map(lineRow));
    }
    // What the browser's own search and a reader of the whole text need, when there is time.
    function fillRest(i) {
        const file = source.file, idle = window.requestIdleCallback || ((act) => setTimeout(act, 30));
        if (i < source.chunks.length && source.order.length <= WHOLE)
            idle(() => { if (source.file === file) { fill(i); fillRest(i + 1); } });
    }

    function drawLines() {
        const f = source.file, table = source.table, c = source.columns[source.sort], at = figures(f);
        const numbers = textOf(f).length ? textOf(f).map((t, i) => i + 1) : [...at.keys()].sort((a, b) => a - b);
        source.order = source.sort === 0 ? source.sign > 0 ? numbers : numbers.reverse()
            : [...at.values()].filter((r) => c.value(r) !== null && c.value(r) !== undefined)
                .sort((a, b) => farmPage.compare(c.value(a), c.value(b), source.sign)).map((r) => r.line);
        for (const b of [...table.tBodies]) b.remove();
        source.chunks = [];
        for (let i = 0; i * CHUNK < source.order.length; i++) {
            const rows = Math.min(CHUNK, source.order.length - i * CHUNK), body = el("tbody");
            body.number = i;
            body.append(el("tr", {}, el("td", {colspan: source.columns.length + 1, style: ["height", rows * ROW + "px"]})));
            source.chunks.push(body);
            table.append(body);
            observer.observe(body);
        }
        [...table.tHead.rows[0].cells].forEach((th, i) => {
            if (i === source.sort) th.setAttribute("aria-sort", source.sign > 0 ? "ascending" : "descending");
            else th.removeAttribute("aria-sort");
        });
        fill(0);
        fillRest(1);
    }

    function hotLines(f) {
        const rows = [...figures(f).values()], by = timed ? (r) => r.ns : (r) => r.hits;
        const list = rows.filter((r) => by(r) > 0 && (!timed || share(r.ns) >= WARM / 10)).sort((a, b) => by(b) - by(a)).slice(0, 20);
        return list.map((r) => r.line).sort((a, b) => a - b);
    }
    function hot(by) {
        if (!source.file || !named.get("files").classList.contains("shown")) return;
        const lines = hotLines(source.file), from = source.target || 0;
        const to = by > 0 ? lines.find((n) => n > from) || lines[0] : lines.filter((n) => n < from).pop() || lines[lines.length - 1];
        if (to) location.hash = hashOf(source.file, to);
    }

    function openFile(f) {
        const place = at("files");
        source.file = f;
        source.sort = 0;
        source.sign = 1;
        source.columns = sourceColumns(f);
        const head = source.columns.map((c, i) => el("th", {scope: "col", class: c.less ? "n less" : "n"}, el("button", {type: "button", onclick: () => {
            source.sign = source.sort === i ? -source.sign : i ? -1 : 1;
            source.sort = i;
            drawLines();
            source.pane.scrollTop = 0;
        }}, c.title)));
        source.table = el("table", {class: "source"}, el("thead", {}, el("tr", {}, ...head, el("th", {scope: "col"}, "Source"))));
        source.pane = el("div", {class: "pane", tabindex: "0", role: "region", "aria-label": "Source of " + clean(f.key)}, source.table);
        const jump = el("select", {"aria-label": "Go to a function", onchange: () => { if (jump.value) location.hash = hashOf(f, jump.value); jump.value = ""; }},
            el("option", {value: ""}, "Go to a function"), ...f.functions.map((g) => el("option", {value: g.line}, g.name)));
        place.replaceChildren(
            el("h3", {class: "path"}, el("a", {href: "#files"}, "All files"), " / " + clean(f.key)),
            el("p", {class: "said path"}, [f.lines.length ? `${count(f.ran)} of ${count(f.lines.length)} lines with a count ran` : "no line has a count",
                timed ? `${time(f.ns) || "no time"}${f.ns ? `, ${percent(share(f.ns))} % of the CPU time` : ""}` : "",
                f.allocated ? bytes(f.allocated) + " allocated" : "", f.text ? "" : "the store lacks its text"].filter(Boolean).join("; ")),
            el("div", {class: "bar-tools"}, jump,
                el("button", {type: "button", onclick: () => hot(-1)}, "Hot line before (p)"),
                el("button", {type: "button", onclick: () => hot(1)}, "Next hot line (n)")),
            source.pane);
        drawLines();
    }

    function goTo(line) {
        const old = source.table.querySelector("tr.target");
        if (old) old.classList.remove("target");
        source.target = line;
        if (!source.order.includes(line) && source.sort) {
            source.sort = 0;
            source.sign = 1;
            drawLines();
        }
        const i = source.order.indexOf(line);
        if (i < 0) return;
        fill(Math.floor(i / CHUNK));
        const tr = source.table.querySelector(`tr[data-line="${line}"]`), pane = source.pane;
        tr.classList.add("target");
        pane.scrollTop += tr.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
        tr.querySelector("a").focus({preventScroll: true});
    }

    function listFiles() {
        const top = Math.max(1, most(files, "ns")), ran = (f) => f.lines.length ? f.ran / f.lines.length : null;
        const columns = [
            {title: "File", class: "place", value: (f) => f.key, node: (f) => link(f, 0)},
            {title: "Lines", number: true, value: (f) => textOf(f).length || null, node: (f) => count(textOf(f).length || null)},
            {title: "Counted", number: true, value: (f) => f.lines.length, node: (f) => count(f.lines.length), hint: "lines with a count"},
            {title: "Ran", number: true, value: (f) => f.ran, node: (f) => count(f.ran)},
            {title: "% Ran", number: true, value: ran, node: (f) => ran(f) === null ? "" : (100 * ran(f)).toFixed(1)},
            ...timed ? [{title: "Time", number: true, value: (f) => f.ns || null, node: (f) => time(f.ns)},
                {title: "% Time", number: true, class: "share", value: (f) => f.ns || null, node: (f) => percent(share(f.ns)), part: (f) => f.ns / top}] : [],
            ...data.heap ? [{title: "Allocated", number: true, value: (f) => f.allocated || null, node: (f) => bytes(f.allocated)}] : [],
            {title: "Functions", number: true, value: (f) => f.functions.length, node: (f) => count(f.functions.length)}];
        filtered(at("files"), columns, () => files, "File", {"All files": () => true, "That ran": (f) => f.ran > 0, "Never ran": (f) => f.ran === 0},
            {sort: columnOf(columns, timed ? "% Time" : "Ran"), caption: "Files", words: (f) => f.path, step: 500});
    }
    let listed = false;
    named.get("files").onShow = () => {
        if (!source.wanted) { source.file = null; if (!listed) listFiles(); listed = true; return; }
        const {file, line} = source.wanted;
        source.wanted = null;
        listed = false;
        if (source.file !== file) { source.target = 0; openFile(file); }
        if (line) goTo(line);
    };
    resolvers.push((name) => { source.wanted = findPlace(name); return source.wanted ? "files" : null; });

    // ---- search over everything

    const results = addView("search", "Search"), found = el("div"), SHOWN = 500;
    results.append(found);
    function search(text) {
        const fits = matcher(text), lines = [];
        let more = 0;
        for (const f of files) textOf(f).forEach((t, i) => {
            if (fits(t)) if (lines.length < SHOWN) lines.push(figures(f).get(i + 1) || {file: f, line: i + 1, hits: null, ns: 0}); else more++;
        });
        const parts = [["Functions", functionColumns(true), functions.filter((f) => fits(f.name))],
            ["Lines", lineColumns(), lines],
            ["Files", [{title: "File", value: (f) => f.key, node: (f) => link(f, 0)}], files.filter((f) => fits(f.path))]];
        found.replaceChildren(el("p", {role: "status", class: "said"}, parts.map(([name, , rows]) =>
            plural(rows.length + (name === "Lines" ? more : 0), name.toLowerCase().slice(0, -1))).join(", ") + ` with \u201c${clean(text)}\u201d` +
            (more ? `; the first ${SHOWN} lines are shown` : "")),
        ...parts.filter(([, , rows]) => rows.length).flatMap(([name, columns, rows]) => [el("h3", {}, name), grid({columns, rows, caption: name, quiet: true, step: 50})]));
    }
    const field = el("input", {type: "search", placeholder: "Search all ( / )", "aria-label": "Search functions, files and source", onkeydown: (e) => {
        if (e.key !== "Enter" || !field.value) return;
        clearTimeout(field.timer);       // who goes on from here is not to be fetched back
        location.hash = "search=" + encodeURIComponent(field.value);
    }, oninput: () => { if (field.value.length > 2) { clearTimeout(field.timer); field.timer = setTimeout(() => { location.hash = "search=" + encodeURIComponent(field.value); }, 300); } }});
    window.addEventListener("hashchange", () => { if (!location.hash.startsWith("#search=")) clearTimeout(field.timer); });
    tools.prepend(field);
    addKey(["/"], "search functions, files and source; /.../ is a pattern", () => { field.focus(); field.select(); });
    addKey(["n", "p"], "in a source: next hot line, the one before", (e) => hot(e.key === "n" ? 1 : -1));
    resolvers.push((name) => {
        if (!name.startsWith("search=")) return null;
        search(name.slice(7));
        if (document.activeElement !== field) field.value = name.slice(7);
        return "search";
    });

    // ---- flame graphs, with the search beside them; what is not instrumented; the overview

    for (const box of document.querySelectorAll(".flames")) {
        const flame = farmFlame(box.querySelector("svg.flame"), false), said = el("span", {class: "said", role: "status"});
        const find = el("input", {type: "search", placeholder: "Find functions (a pattern)", "aria-label": "Find in the flame graph", oninput: () => {
            flame.search(find.value);
            said.textContent = box.querySelector(".found").textContent;
        }});
        box.before(el("div", {class: "bar-tools"}, find, el("button", {type: "button", onclick: () => { find.value = said.textContent = ""; flame.reset(); }}, "Reset"), said,
            el("span", {class: "said"}, "Enter or click: zoom; arrows: go to a frame beside")));
    }

    const left = document.getElementById("left-out");
    if (data.missing.length) {
        named.get("missing").onShow = () => {
            if (left.firstChild) return;
            const columns = [{title: "File or module", value: (m) => m[0], node: (m) => clean(m[0])}, {title: "Function", value: (m) => m[1], node: (m) => clean(m[1]) || "(the whole file)"},
                {title: "Line", number: true, value: (m) => m[2] || null, node: (m) => m[2] || ""}, {title: "Why not", value: (m) => m[3], node: (m) => clean(m[3])}];
            left.append(el("h3", {}, "Each of them"));
            const place = el("div");
            left.append(place);
            filtered(place, columns, () => data.missing, "File, function or reason", {"All": () => true, "Whole files": (m) => !m[1], "Functions": (m) => m[1]},
                {caption: "What is not instrumented", words: (m) => m.join(" ")});
        };
    }

    function card(title, value, small) {
        return el("div", {}, el("dt", {}, title), el("dd", {}, value, small ? el("small", {}, small) : null));
    }
    const ratio = (a, b) => b ? `${(100 * a / b).toFixed(1)} % of ${count(b)}` : "";
    named.get("overview").onShow = () => {
        const place = document.getElementById("summary");
        if (place.firstChild) return;
        const own = functions.filter((f) => f.why === null), called = own.filter((f) => f.calls > 0).length;
        const counted = files.reduce((n, f) => n + f.lines.length, 0), ran = files.reduce((n, f) => n + f.ran, 0);
        const allocs = files.flatMap((f) => f.allocs), leaked = allocs.reduce((n, a) => n + a[4], 0);
        document.getElementById("figures").append(el("dl", {class: "cards"},
            card("User CPU time", time(data.cpu_ns) || "0 s", timed ? plural(data.samples, "sample") : "not sampled"),
            card("Lines that ran", count(ran), counted ? ratio(ran, counted) + " counted" : "no line has a count"), card("Functions called", count(called), ratio(called, own.length)),
            data.missing.length ? card("Not instrumented", count(data.missing.length), "files and functions, with reasons") : null,
            data.heap ? card("Allocated by lines", bytes(allocs.reduce((n, a) => n + a[2], 0)) || "0 B", plural(allocs.reduce((n, a) => n + a[1], 0), "allocation")) : null,
            data.heap ? card("Leaked", bytes(leaked) || "0 B", leaked ? plural(allocs.filter((a) => a[4] > 0).length, "line", "by ") : "nothing") : null));
        const fs = functionColumns(true).filter((c) => c.title !== "Place");
        const ls = lineColumns().filter((c) => !["Function", "Allocs", "Bytes", "Leaked", "Per hit"].includes(c.title));
        const by = (key) => (a, b) => b[key] - a[key];
        const topFunctions = functions.slice().sort(by(timed ? "self" : "calls")).slice(0, 10), topLines = everyLine().slice().sort(by(timed ? "ns" : "hits")).slice(0, 10);
        place.append(el("div", {class: "halves"}, el("div", {}, grid({columns: fs, rows: topFunctions, sort: columnOf(fs, timed ? "% Self" : "Calls"), caption: "Hottest functions"})),
            el("div", {}, grid({columns: ls, rows: topLines, sort: columnOf(ls, start), caption: "Hottest lines"}))));
    };

    // Places in the tables of other views become links.
    for (const td of document.querySelectorAll("td.place")) {
        const found = findPlace(td.textContent);
        if (found) td.replaceChildren(link(found.file, found.line, td.textContent));
    }
    window.addEventListener("beforeprint", () => {
        if (named.get("files").classList.contains("shown") && source.order.length <= WHOLE) source.chunks.forEach((c, i) => fill(i));
    });
    route();
})();
