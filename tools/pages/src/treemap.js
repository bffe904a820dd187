// SPDX-License-Identifier: Apache-2.0
// Draws the treemap: squarified areas (Bruls, Huizing, van Wijk, 2000), two kinds of colours, and
// a way in and out by pointer and by keys.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("treemap-data").textContent);
  const area = document.getElementById("treemap");
  const trail = document.getElementById("trail");
  const detail = document.getElementById("detail");
  const form = document.getElementById("choices");
  const HEAD = 20, GAP = 1, SMALLEST = 3;
  const number = new Intl.NumberFormat("en");
  let way = [];

  // A tree of one image and one memory; a branch with one child is one with it.
  function tree(map, memory) {
    const root = { name: map.name, now: 0, before: 0, children: new Map() };
    for (const leaf of map.leaves) {
      const now = leaf.now[memory], before = leaf.before[memory];
      if (now === 0 && before === 0) continue;
      let node = root;
      node.now += now;
      node.before += before;
      leaf.path.forEach((name, depth) => {
        const last = depth === leaf.path.length - 1;
        // A function may have the name of a module.
        const key = (last ? "f " : "m ") + name;
        let child = node.children.get(key);
        if (!child) {
          child = { name, now: 0, before: 0, children: new Map(), title: last ? leaf.title : "" };
          node.children.set(key, child);
        }
        child.now += now;
        child.before += before;
        node = child;
      });
    }
    const components = [...new Set(map.leaves.map((leaf) => leaf.path[0]))].sort();
    const finish = (node, top, component) => {
      node.component = component;
      node.children = [...node.children.values()];
      node.children.forEach((child) => finish(child, false, top ? components.indexOf(child.name) : component));
      if (!top && node.children.length === 1 && node.children[0].children.length > 0) {
        const only = node.children[0];
        if (only.name !== node.name) node.name += " \u203a " + only.name;
        node.children = only.children;
      }
      node.children.sort((a, b) => b.now - a.now || b.before - a.before);
    };
    finish(root, true, -1);
    return root;
  }

  function worst(row, sum, side) {
    const scale = (side * side) / (sum * sum);
    const sizes = row.map((item) => item.area);
    return Math.max(Math.max(...sizes) * scale, 1 / (Math.min(...sizes) * scale));
  }

  // Places the children of a node in a rectangle.
  function layout(children, x, y, width, height) {
    const shown = children.filter((child) => child.now > 0);
    const total = shown.reduce((sum, child) => sum + child.now, 0);
    if (total === 0 || width <= 0 || height <= 0) return [];
    const items = shown.map((node) => ({ node, area: (node.now / total) * width * height }));
    const placed = [];
    let row = [], sum = 0;
    const close = () => {
      const wide = width >= height;
      const depth = sum / (wide ? height : width);
      let at = wide ? y : x;
      for (const item of row) {
        const length = item.area / depth;
        placed.push(wide ? { node: item.node, x, y: at, width: depth, height: length }
          : { node: item.node, x: at, y, width: length, height: depth });
        at += length;
      }
      if (wide) { x += depth; width -= depth; } else { y += depth; height -= depth; }
      row = [];
      sum = 0;
    };
    for (const item of items) {
      const side = Math.min(width, height);
      const longer = [...row, item];
      if (row.length > 0 && worst(longer, sum + item.area, side) > worst(row, sum, side)) close();
      row.push(item);
      sum += item.area;
    }
    close();
    return placed;
  }

  const percent = (part, whole) => (whole > 0 ? ((100 * part) / whole).toFixed(1) : "0") + " %";
  const signed = (change) => (change > 0 ? "+" : "\u2212") + number.format(Math.abs(change));

  function describe(node, root) {
    let text = `${node.title || node.name}: ${number.format(node.now)} bytes, ${percent(node.now, root.now)} of ${root.name}`;
    if (data.against) {
      const change = node.now - node.before;
      text += change === 0 ? `; as in ${data.against}` : `; ${signed(change)} against ${data.against}`;
    }
    return text;
  }

  function colour(cell, node, byChange) {
    if (!byChange) {
      cell.style.setProperty("--hue", String((node.component * 137.5 + 250) % 360));
      return;
    }
    const change = node.now - node.before;
    const share = Math.min(1, Math.abs(change) / Math.max(node.before, node.now, 1));
    cell.classList.add(change > 0 ? "grown" : change < 0 ? "shrunk" : "equal");
    cell.style.setProperty("--strength", String(change === 0 ? 0 : 0.25 + 0.75 * share));
  }

  function label(node, byChange) {
    const change = node.now - node.before;
    const more = byChange && change !== 0 ? ` (${signed(change)})` : "";
    return `${node.name}  ${number.format(node.now)}${more}`;
  }

  function draw(parent, place, root, byChange, depth) {
    const { node, x, y, width, height } = place;
    if (width < SMALLEST || height < SMALLEST) return;
    const isBranch = node.children.length > 0;
    const cell = document.createElement("div");
    cell.className = isBranch ? "cell branch" : "cell";
    colour(cell, node, byChange);
    cell.style.left = `${x}px`;
    cell.style.top = `${y}px`;
    cell.style.width = `${Math.max(0, width - GAP)}px`;
    cell.style.height = `${Math.max(0, height - GAP)}px`;
    cell.node = node;
    if (depth === 0) {
      cell.tabIndex = 0;
      cell.setAttribute("role", isBranch ? "button" : "img");
      cell.setAttribute("aria-label", describe(node, root));
    }
    if (width > 40 && height > 15) {
      const text = document.createElement("span");
      text.textContent = label(node, byChange);
      cell.append(text);
    }
    parent.append(cell);
    if (isBranch && width > 46 && height > HEAD + 14 && depth < 6) {
      const inner = layout(node.children, 2, HEAD, width - GAP - 4, height - GAP - HEAD - 2);
      inner.forEach((child) => draw(cell, child, root, byChange, depth + 1));
    }
  }

  function choice(name, otherwise) {
    const chosen = form.querySelector(`input[name=${name}]:checked`);
    return chosen ? chosen.value : otherwise;
  }

  function show(focus) {
    const map = data.maps[Number(choice("map", "0"))];
    const byChange = choice("colour", "component") === "change";
    const root = tree(map, Number(choice("memory", "0")));
    let node = root;
    const nodes = [root];
    way = way.filter((name) => {
      const next = node.children.find((child) => child.name === name && child.children.length > 0);
      if (next) { node = next; nodes.push(next); }
      return Boolean(next);
    });
    trail.replaceChildren(...nodes.map((step, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `${step.name} ${number.format(step.now)}`;
      button.disabled = index === nodes.length - 1;
      button.addEventListener("click", () => { way = way.slice(0, index); show(true); });
      return button;
    }));
    area.replaceChildren();
    layout(node.children, 0, 0, area.clientWidth, area.clientHeight)
      .forEach((place) => draw(area, place, root, byChange, 0));
    area.dataset.bytes = String(node.now);
    detail.textContent = describe(node, root);
    area.root = root;
    if (focus) area.querySelector(".cell")?.focus();
  }

  const cellOf = (event) => event.target.closest?.(".cell");
  function enter(cell) {
    // The way to a nested area leads through those around it.
    const names = [];
    for (let at = cell; at && at !== area; at = at.parentElement) {
      if (at.node.children.length > 0) names.unshift(at.node.name);
    }
    if (names.length > 0) { way = [...way, ...names]; show(true); }
  }
  area.addEventListener("click", (event) => {
    const cell = cellOf(event);
    if (cell) { tell(event); enter(cell); }
  });
  function tell(event) {
    const cell = cellOf(event);
    if (!cell) return;
    detail.textContent = describe(cell.node, area.root);
    cell.title = detail.textContent;
  }
  area.addEventListener("pointerover", tell);
  area.addEventListener("focusin", tell);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && way.length > 0) { way = way.slice(0, -1); show(true); }
  });
  area.addEventListener("keydown", (event) => {
    const cells = [...area.querySelectorAll(":scope > .cell")];
    const at = cells.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (at >= 0 && step) {
      cells[(at + step + cells.length) % cells.length].focus();
      event.preventDefault();
    } else if (at >= 0 && (event.key === "Enter" || event.key === " ")) {
      enter(cells[at]);
      event.preventDefault();
    }
  });
  form.addEventListener("change", () => { way = []; show(false); });
  form.addEventListener("submit", (event) => event.preventDefault());
  new ResizeObserver(() => show(false)).observe(area);
})();
