// SPDX-License-Identifier: GPL-3.0-or-later
// What every page can do: views as tabs that links can name, light and dark, sorting, filtering, keys. All that comes
// from outside of the page's own scripts is put in as text, never as markup.
"use strict";
const farmPage = (() => {
    const views = [...document.querySelectorAll("section.view")], named = new Map(views.map((v) => [v.dataset.view, v]));
    const tools = document.getElementById("tools"), keys = new Map(), resolvers = [], title = document.title;

    function el(tag, attributes, ...children) {
        const e = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes || {}))
            if (name.startsWith("on")) e.addEventListener(name.slice(2), value);
            else if (name === "style") e.style.setProperty(value[0], value[1]);
            else if (value !== null && value !== false && value !== undefined) e.setAttribute(name, value === true ? "" : value);
        e.append(...children.filter((c) => c !== null && c !== undefined));
        return e;
    }

    // ---- tables

    const units = {ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1, min: 60, h: 3600, B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, "%": 1};
    // The number that people read as "-1.23 ms", "12,345", "x10", "~ 3"; NaN for other text.
    function amount(text) {
        const m = /^\[?[~<x+]*\s*([+-]?[\d,]*\.?\d+(?:e[+-]?\d+)?)\s*([a-zA-Z%]*)(?=$|[\s\],/]|\.\.)/.exec(text);
        if (!m || (m[2] && !(m[2] in units))) return NaN;
        return parseFloat(m[1].replace(/,/g, "")) * (units[m[2]] || 1);
    }

    // Nothing is smaller than anything, whichever way it is sorted.
    function compare(a, b, sign) {
        const noA = a === null || a === "" || Number.isNaN(a), noB = b === null || b === "" || Number.isNaN(b);
        if (noA || noB) return noA - noB;
        return sign * (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
    }

    function sortButton(th, act) {
        const b = el("button", {type: "button", onclick: act}, ...th.childNodes);
        th.replaceChildren(b);
        return b;
    }

    function sayOrder(head, th, sign) {
        for (const other of head) other.removeAttribute("aria-sort");
        if (th) th.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    }

    const isFigure = (text) => !text || text === "exact" || text === "none" || text === "~" || !Number.isNaN(amount(text));
    function makeSortable(table) {
        table.classList.remove("sortable");
        const head = [...table.tHead.rows[0].cells], body = table.tBodies[0], given = [...body.rows];
        let column = -1, sign = 1;
        head.forEach((th, i) => {
            if (!th.className && given.length < 100 && given.some((r) => r.cells[i].textContent) && given.every((r) => isFigure(r.cells[i].textContent)))
                for (const r of [table.tHead.rows[0], ...given]) r.cells[i].classList.add("n");
            if (th.textContent) sortButton(th, () => {
                const cells = new Map(given.map((r) => [r, r.cells[i]]));
                const value = (r) => cells.get(r).dataset.v === undefined ? cells.get(r).textContent : +cells.get(r).dataset.v;
                const numbers = given.every((r) => typeof value(r) === "number" || !value(r) || !Number.isNaN(amount(value(r))));
                const key = (r) => numbers && typeof value(r) === "string" ? amount(value(r)) : value(r);
                if (column === i && sign === (numbers ? 1 : -1)) {       // third time: as it was
                    column = -1;
                    body.append(...given);
                    return sayOrder(head, null);
                }
                sign = column === i ? -sign : numbers ? -1 : 1;
                column = i;
                body.append(...given.slice().sort((a, b) => compare(key(a), key(b), sign)));
                sayOrder(head, th, sign);
            });
        });
    }

    // A table of data: columns {title, number, value(row), node(row), class, hint}; the first rows are drawn, more on demand.
    function grid({columns, rows, sort, sign, caption, quiet, step = 200, none = "Nothing here."}) {
        const head = columns.map((c) => el("th", {scope: "col", class: c.number ? "n" : c.class, title: c.hint}, c.title));
        const body = el("tbody"), more = el("div", {class: "more-rows"});
        const table = el("table", {}, caption ? el("caption", {class: quiet ? "quiet" : null}, caption) : null, el("thead", {}, el("tr", {}, ...head)), body);
        const box = el("div", {}, el("div", {class: "wide", tabindex: "0", role: "region", "aria-label": `Table: ${caption || "rows"}`}, table), more);
        const state = {rows, shown: step, column: sort, sign: sign || -1};
        const cell = (c, row) => {
            const v = c.node ? c.node(row) : c.value(row);
            const td = el("td", {class: [c.number ? "n" : "", c.class || ""].join(" ").trim() || null, title: c.tip ? c.tip(row) : null});
            if (v !== null && v !== undefined) td.append(v);
            if (c.part && c.part(row) > 0) td.style.setProperty("--p", (100 * Math.min(1, c.part(row))).toFixed(2) + "%");
            return td;
        };
        function draw() {
            const c = columns[state.column];
            const sorted = c ? state.rows.slice().sort((a, b) => compare(c.value(a), c.value(b), state.sign)) : state.rows;
            const shown = sorted.slice(0, state.shown);
            body.replaceChildren(...shown.map((row) => el("tr", {}, ...columns.map((x) => cell(x, row)))));
            if (!shown.length) body.append(el("tr", {}, el("td", {colspan: columns.length}, none)));
            sayOrder(head, c ? head[state.column] : null, state.sign);
            more.replaceChildren();
            if (sorted.length > shown.length) more.append(
                `${shown.length} of ${sorted.length.toLocaleString("en-US")} `,
                el("button", {type: "button", onclick: () => { state.shown += 5 * step; draw(); }}, "Show more"));
        }
        head.forEach((th, i) => { if (columns[i].title) sortButton(th, () => {
            state.sign = state.column === i ? -state.sign : columns[i].number ? -1 : 1;
            state.column = i;
            draw();
        }); });
        draw();
        box.update = (now) => { state.rows = now; state.shown = step; draw(); };
        return box;
    }

    // ---- views

    function show(id) {
        for (const v of views) v.classList.toggle("shown", v.dataset.view === id);
        for (const a of document.querySelectorAll("nav a"))
            if (a.hash === "#" + id) {
                a.setAttribute("aria-current", "page");
                a.scrollIntoView({block: "nearest", inline: "center"});      // narrow screens have the tabs in one row
            } else a.removeAttribute("aria-current");
        const v = named.get(id);
        for (const t of v.querySelectorAll("table.sortable")) makeSortable(t);
        document.title = views.length > 1 ? `${v.querySelector("h2").textContent} \u2013 ${title}` : title;
        if (v.onShow) v.onShow();
    }

    let first = true;
    function route() {
        let name = location.hash.slice(1);
        try { name = decodeURIComponent(name); } catch (e) { /* as it is */ }
        if (name === "main") return document.getElementById("main").focus();
        const found = named.has(name) ? name : resolvers.map((r) => r(name)).find(Boolean) || views[0].dataset.view;
        show(found);
        if (!first && named.has(name)) { window.scrollTo(0, 0); named.get(name).querySelector("h2").focus({preventScroll: true}); }
        first = false;
    }

    function addView(id, heading) {
        const v = el("section", {class: "view", "data-view": id, "aria-labelledby": "h-" + id},
                     el("h2", {id: "h-" + id, tabindex: "-1"}, heading));
        document.getElementById("main").append(v);
        views.push(v);
        named.set(id, v);
        return v;
    }

    // ---- light and dark, keys

    const theme = el("select", {"aria-label": "Colours", onchange: () => setTheme(theme.value)},
                     ...[["", "Auto"], ["light", "Light"], ["dark", "Dark"]].map(([v, t]) => el("option", {value: v}, t)));
    function setTheme(value) {
        theme.value = value;
        if (value) document.documentElement.dataset.theme = value;
        else delete document.documentElement.dataset.theme;
        try { localStorage.setItem("farm-theme", value); } catch (e) { /* not kept */ }
    }

    const list = el("dl");
    const help = el("dialog", {"aria-labelledby": "h-keys"}, el("h2", {id: "h-keys"}, "Keys"), list,
                    el("button", {type: "button", onclick: () => help.close()}, "Close"));
    function addKey(names, words, act) {
        for (const name of names) keys.set(name, act);
        list.append(el("dt", {}, ...names.flatMap((n, i) => [i ? " " : "", el("kbd", {}, n)])), el("dd", {}, words));
    }

    function step(by) {
        const links = [...document.querySelectorAll(".view.shown tbody tr")].map((r) => r.querySelector("a")).filter((a) => a && a.offsetParent);
        const at = links.indexOf(document.activeElement), row = document.activeElement.closest ? document.activeElement.closest("tr") : null;
        const now = at >= 0 ? at : row ? links.findIndex((a) => row.contains(a)) : -1;
        const to = links[Math.max(0, Math.min(links.length - 1, now < 0 ? 0 : now + by))];
        if (to) { to.focus(); to.scrollIntoView({block: "nearest"}); }
    }

    document.addEventListener("keydown", (e) => {
        const field = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
        if (field && e.key === "Escape") return e.target.blur();
        if (field || e.ctrlKey || e.altKey || e.metaKey || help.open || !keys.has(e.key)) return;
        e.preventDefault();
        keys.get(e.key)(e);
    });

    function makeFilter() {
        const rows = [...document.querySelectorAll("main tbody tr")], said = el("span", {class: "said", role: "status"});
        const field = el("input", {type: "search", placeholder: "Filter rows ( / )", "aria-label": "Filter rows", oninput: () => {
            const text = field.value.toLowerCase();
            let left = 0;
            for (const r of rows) left += !(r.hidden = !!text && !r.textContent.toLowerCase().includes(text));
            said.textContent = text ? `${left} of ${rows.length} rows` : "";
        }});
        tools.prepend(field, said);
        addKey(["/"], "filter rows", () => field.focus());
    }

    function start() {
        tools.append(el("label", {}, "Colours ", theme),
                     el("button", {type: "button", "aria-label": "Keys", onclick: () => help.showModal()}, "?"));
        document.body.append(help);
        let kept = "";
        try { kept = localStorage.getItem("farm-theme") || ""; } catch (e) { /* from a place that keeps nothing */ }
        setTheme(kept);
        if (!document.getElementById("data")) makeFilter();
        addKey(["j", "k"], "next row, row before", (e) => step(e.key === "j" ? 1 : -1));
        if (views.length > 1) addKey([..."123456789"].slice(0, views.length), "views", (e) => {
            const link = document.querySelectorAll("nav a")[+e.key - 1];
            if (link) location.hash = link.hash;
        });
        addKey(["t"], "light or dark", () => setTheme(getComputedStyle(document.documentElement).colorScheme === "dark" ? "light" : "dark"));
        addKey(["?"], "these keys", () => help.showModal());
        window.addEventListener("hashchange", route);
    }

    start();
    if (!document.getElementById("data")) route();
    return {el, grid, show, route, addView, addKey, resolvers, named, tools, compare};
})();
