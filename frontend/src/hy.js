// Everything here makes a page that already works a little more pleasant. Nothing depends on it.
import htmx from 'htmx.org';
import { rememberDrafts } from './drafts.js';
import { collectPhotos } from './photos.js';
import { offerCopying } from './copy.js';
import { offerPrinting } from './print.js';
import { sayThatItIsUnderWay } from './sending.js';
import { countCharacters } from './counter.js';
import { offerPhrases } from './phrases.js';
import { insertTemplates } from './templates.js';
import { openFolds } from './folds.js';
import { tryLooks } from './looks.js';
import { offerTickingAll } from './ticks.js';
import { narrowLists } from './narrow.js';
import { showPresentTab } from './tabs.js';
import { keepWhatIsWritten } from './kept.js';
import { keepUpToDate } from './live.js';
import { keepListsFresh, showErrorsFirst } from './arrival.js';

// The content policy forbids inline styles and evaluated text; pages may hold what must not stay in a cache.
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  selfRequestsOnly: true,
  historyEnabled: false,
  historyCacheSize: 0,
  responseHandling: [{ code: '204', swap: false }, { code: '[23]..', swap: true }, { code: '[45]..', swap: true, error: true }],
});

function enhance(root) {
  countCharacters(root);
  offerCopying(root);
  offerPrinting(root);
  offerPhrases(root);
  insertTemplates(root);
  openFolds(root);
  offerTickingAll(root);
  narrowLists(root);
  showPresentTab(root);
  collectPhotos(root);
  rememberDrafts(root);
  keepWhatIsWritten(root);
}

function start() {
  enhance(document);
  showErrorsFirst();
  tryLooks();
  keepUpToDate();
  htmx.onLoad(enhance);
}

sayThatItIsUnderWay();
keepListsFresh();
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
else start();
