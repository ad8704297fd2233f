// SPDX-License-Identifier: GPL-3.0-or-later
// What a flame graph can do in a browser, as a file of its own and inside of a page. Every frame is a <g class="f">
// with its place on each side in data-p, as "x w x w" in shares of the whole, and its words in its <title>.
"use strict";
function farmFlame(svg, alone) {
    var frames = Array.prototype.slice.call(svg.querySelectorAll("g.f"));
    var info = svg.querySelector(".info"), found = svg.querySelector(".found"), width = +svg.getAttribute("data-width");
    var side = +svg.getAttribute("data-side"), zoom = {x: 0, w: 1}, margin = +svg.getAttribute("data-margin");

    frames.forEach(function (g, i) {
        g.places = g.getAttribute("data-p").split(" ").map(Number);
        g.level = +g.getAttribute("data-l");
        g.box = g.querySelector("rect");
        g.words = g.querySelector("text");
        g.label = g.getAttribute("data-n");
        g.title = g.querySelector("title").textContent;
        g.setAttribute("role", "button");
        g.setAttribute("tabindex", i ? "-1" : "0");
        g.addEventListener("click", function () { zoomTo(g); });
        g.addEventListener("keydown", function (e) { key(g, e); });
        g.addEventListener("mouseover", function () { info.textContent = g.title.replace(/\n/g, "   "); });
        g.addEventListener("focus", function () { info.textContent = g.title.replace(/\n/g, "   "); });
        g.addEventListener("mouseout", function () { info.textContent = ""; });
    });

    function place(g) {
        return {x: g.places[2 * side], w: g.places[2 * side + 1]};
    }

    // One frame at a time can be reached by Tab; arrows go on from there: up to the first frame that it calls, down to
    // its caller, left and right on its level.
    function neighbour(g, direction) {
        var shown = frames.filter(function (f) { return f.style.display !== "none"; });
        var own = place(g), level = g.level + (direction === "ArrowUp" ? 1 : direction === "ArrowDown" ? -1 : 0);
        var row = shown.filter(function (f) { return f.level === level; });
        row.sort(function (a, b) { return place(a).x - place(b).x; });
        if (direction === "ArrowLeft") return row[row.indexOf(g) - 1];
        if (direction === "ArrowRight") return row[row.indexOf(g) + 1];
        return row.filter(function (f) {
            var p = place(f), inner = direction === "ArrowUp" ? p : own, outer = direction === "ArrowUp" ? own : p;
            return inner.x >= outer.x - 1e-6 && inner.x + inner.w <= outer.x + outer.w + 1e-6;
        })[0];
    }

    function key(g, e) {
        var to = /^Arrow/.test(e.key) ? neighbour(g, e.key) : null;
        if (e.key === "Enter" || e.key === " ") zoomTo(g);
        else if (!to) return;
        e.preventDefault();
        if (!to) return;
        g.setAttribute("tabindex", "-1");
        to.setAttribute("tabindex", "0");
        to.focus();
    }

    // The part of a label that fits; nothing where not even three letters do.
    function fit(label, pixels) {
        var letters = Math.floor((pixels - 6) / 6.6);
        if (letters >= label.length) return label;
        return letters < 3 ? "" : label.slice(0, letters - 1) + "\u2026";
    }

    function draw() {
        frames.forEach(function (g) {
            var p = place(g), left = (p.x - zoom.x) / zoom.w, right = (p.x + p.w - zoom.x) / zoom.w;
            left = Math.max(0, left);
            right = Math.min(1, right);
            var pixels = (right - left) * width;
            g.style.display = pixels < 0.2 ? "none" : "";
            g.box.setAttribute("x", margin + left * width);
            g.box.setAttribute("width", Math.max(0, pixels));
            g.words.setAttribute("x", margin + left * width + 3);
            g.words.textContent = fit(g.getAttribute("data-s") + g.label, pixels);
        });
    }

    function zoomTo(g) {
        var p = place(g);
        if (p.w > 0) zoom = p;
        draw();
    }

    function search(text) {
        var hits = [], pattern = null;
        try { pattern = text ? new RegExp(text, "i") : null; } catch (e) { found.textContent = "not a pattern: " + text; return; }
        frames.forEach(function (g) {
            var hit = pattern && pattern.test(g.label);
            g.classList.toggle("hit", !!hit);
            if (hit) hits.push(place(g));
        });
        // Frames inside one another count once.
        hits.sort(function (a, b) { return a.x - b.x || b.w - a.w; });
        var covered = 0, end = 0;
        hits.forEach(function (p) {
            covered += Math.max(0, p.x + p.w - Math.max(end, p.x));
            end = Math.max(end, p.x + p.w);
        });
        found.textContent = text ? text + ": " + (100 * covered).toFixed(1) + " %" : "";
    }

    function button(name, act) {
        var b = svg.querySelector(".button." + name);
        if (!b) return;
        b.setAttribute("tabindex", "0");
        b.addEventListener("click", act);
        b.addEventListener("keydown", function (e) { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); act(); } });
    }

    function reset() {
        zoom = {x: 0, w: 1};
        search("");
        draw();
    }

    function ask() {
        var text = window.prompt("Find functions (a regular expression)", "");
        if (text !== null) search(text);
    }

    function other() {
        var view = svg.querySelector(".button.view");
        side = 1 - side;
        zoom = {x: 0, w: 1};
        view.textContent = view.getAttribute("data-" + side);
        draw();
    }

    // In a page as wide as there is room for; below NARROW it scrolls, since the words above take that much.
    function widen() {
        var NARROW = 640, room = svg.parentNode.clientWidth - 2 * margin, box = svg.viewBox.baseVal;
        if (room <= 0 || Math.max(room, NARROW) === width) return;
        width = Math.max(room, NARROW);
        box.width = width + 2 * margin;
        svg.setAttribute("width", box.width);
        found.setAttribute("x", margin + width);
        draw();
    }

    button("reset", reset);
    button("search", ask);
    button("view", other);
    if (!alone) {
        new ResizeObserver(widen).observe(svg.parentNode);
        return {search: search, reset: reset};
    }
    window.addEventListener("keydown", function (e) {
        if (e.key === "Escape") reset();
        if (e.key === "/") ask();
    });
    // FILE.svg#search=name and FILE.svg#side=0: links to what was found.
    decodeURIComponent(location.hash.slice(1)).split("&").forEach(function (part) {
        var at = part.indexOf("="), name = part.slice(0, at), value = part.slice(at + 1);
        if (name === "side" && +value !== side) other();
        if (name === "search") search(value);
        if (name === "zoom") frames.some(function (g) { return g.label === value && (zoomTo(g), true); });
    });
}
if (document.documentElement.localName === "svg") farmFlame(document.documentElement, true);
