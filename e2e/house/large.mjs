// Twice the ordinary size of type, as somebody with weak eyes sets it: nothing sticks out, is cut off or lies on top of
// something else.

/** Doubles the type of the page that is open and insists that everything can still be read. */
export async function holdsLargeType(person) {
  await person.page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  await person.fits();
  const found = await person.page.evaluate(troublesWithType);
  if (found.length > 0) throw new Error(found.slice(0, 6).join("\n  "));
}

/** Runs in the page: every line of words that is cut off by its box, or lies on another line. */
function troublesWithType() {
  const SLACK_PX = 3;
  const style = (element) => getComputedStyle(element);
  const isAside = (element) => {
    // What is folded away has a place and is not there.
    if (!element.checkVisibility()) return true;
    for (let at = element; at; at = at.parentElement) {
      const { position, clipPath, clip, visibility, opacity } = style(at);
      // Bars at the edge lie above what scrolls below them; what is for the ear alone has no size.
      if (position === "fixed" || position === "sticky" || visibility === "hidden" || opacity === "0") return true;
      if (clipPath !== "none" || (clip !== "auto" && position === "absolute")) return true;
      // What is scrolled sideways on its own, or shortened with three dots on purpose, hides nothing for good.
      const { overflowX, textOverflow } = style(at);
      if (overflowX === "auto" || overflowX === "scroll" || textOverflow === "ellipsis") return true;
      if (at.closest("svg, option, .case-number")) return true;
    }
    return false;
  };
  const lines = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const node = words.currentNode;
    if (!node.data.trim() || isAside(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) lines.push({ node, box });
  }
  const said = ({ node }) => `“${node.data.trim().slice(0, 14)}”`;
  const troubles = new Set();
  for (const line of lines) {
    for (let at = line.node.parentElement; at; at = at.parentElement) {
      const edge = at.getBoundingClientRect();
      const cuts = ["hidden", "clip"].includes(style(at).overflowX) || ["hidden", "clip"].includes(style(at).overflowY);
      const holds = cuts || at.matches("button, .button");
      const sticksOut =
        line.box.right > edge.right + SLACK_PX || line.box.left < edge.left - SLACK_PX || line.box.bottom > edge.bottom + 8;
      if (holds && sticksOut) troubles.add(`${said(line)} is cut off by ${at.tagName.toLowerCase()}.${at.className}`);
    }
  }
  for (const [place, one] of lines.entries()) {
    for (const other of lines.slice(place + 1)) {
      if (one.node === other.node) continue;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (wide > SLACK_PX && high > 12) troubles.add(`${said(one)} lies on ${said(other)}`);
    }
  }
  return [...troubles];
}
