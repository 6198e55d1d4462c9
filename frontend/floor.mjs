// What the oldest supported engines (Chrome 84, Safari 14.1) do not understand in a sheet.

const above = [
  [/@layer\b/, '@layer'],
  [/@container\b/, '@container'],
  [/@property\b/, '@property'],
  [/:has\(/, ':has()'],
  [/:(is|where)\(/, ':is() or :where()'],
  [/\boklch\(/, 'oklch()'],
  [/\bcolor-mix\(/, 'color-mix()'],
  [/\blight-dark\(/, 'light-dark()'],
  [/[{;\s]inset(-(block|inline)[a-z-]*)?\s*:/, 'the property inset'],
  [/[{;\s]aspect-ratio\s*:/, 'the property aspect-ratio'],
  [/\d[sdl]v[hw]\b/, 'dvh, svh and lvh'],
];

/** Leaves out comments, strings and whole @supports blocks: what stands inside them may be newer. */
function judged(css) {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/"[^"]*"|'[^']*'/g, '""');
  let kept = '';
  let rest = plain;
  for (let at = rest.search(/@supports\b/); at >= 0; at = rest.search(/@supports\b/)) {
    kept += rest.slice(0, at);
    rest = rest.slice(at);
    let depth = 0;
    let end = rest.indexOf('{');
    do {
      if (rest[end] === '{') depth += 1;
      if (rest[end] === '}') depth -= 1;
      end += 1;
    } while (depth > 0 && end < rest.length);
    rest = rest.slice(end);
  }
  return kept + rest;
}

/**
 * A rule inside a rule. Groups (@media, @supports) and keyframes may hold rules; a selector may not. The margin boxes of
 * @page are older than nesting, and an engine that does not know them leaves them out.
 */
function nests(css) {
  const open = [];
  let prelude = '';
  for (const character of css) {
    if (character === '{') {
      if (open.includes('rule')) return true;
      const isMarginBox = open[open.length - 1] === 'page' && /^\s*@(top|right|bottom|left)-/.test(prelude);
      if (open.includes('page') && !isMarginBox) return true;
      const isGroup = /^\s*@(media|supports|keyframes|-webkit-keyframes)/.test(prelude);
      open.push(/^\s*@page\b/.test(prelude) ? 'page' : isGroup ? 'group' : 'rule');
      prelude = '';
    } else if (character === '}') {
      open.pop();
      prelude = '';
    } else if (character === ';') {
      prelude = '';
    } else {
      prelude += character;
    }
  }
  return false;
}

/** Sentences naming every feature of this sheet that the oldest engines lack; empty when it is fine. */
export function complaintsAbout(css) {
  const text = judged(css);
  const complaints = above.filter(([pattern]) => pattern.test(text)).map(([, name]) => `${name} is above the engine floor`);
  if (nests(text)) complaints.push('nested rules are above the engine floor');
  return complaints;
}
