// `input[type=file][data-photos]`: photos are added one by one (some web views offer no more than one at a time), shown,
// made smaller before they travel, and can be taken out again. Without this the plain box works.
import { firstTime } from './once.js';
import { say } from './toast.js';

const EDGE_PX_MAX = 1600;
const SMALL_BYTES = 400 * 1024;

function canHoldFiles() {
  try {
    return new DataTransfer().items !== undefined;
  } catch {
    return false;
  }
}

/** The same picture with its longer edge at most 1600 pixels; the file itself if this browser cannot read it. */
async function smaller(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size <= SMALL_BYTES || !window.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => createImageBitmap(file));
    const scale = Math.min(1, EDGE_PX_MAX / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' }) : file;
  } catch {
    return file;
  }
}

function icon(name) {
  const sprite = document.querySelector('use');
  const base = sprite ? sprite.getAttribute('href').split('#')[0] : '';
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('width', '16');
  svg.setAttribute('height', '16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `${base}#${name}`);
  svg.appendChild(use);
  return svg;
}

function collect(input) {
  const countMax = Number(input.dataset.countMax) || 6;
  const chosen = [];
  const grid = document.createElement('div');
  grid.className = 'photos';
  const add = document.createElement('label');
  add.className = 'photo-add';
  add.htmlFor = input.id;
  add.append(icon('camera'), document.createTextNode('拍照'));
  input.classList.add('visually-hidden');
  input.before(grid);

  function show() {
    grid.querySelectorAll('img').forEach((picture) => URL.revokeObjectURL(picture.src));
    grid.textContent = '';
    const held = new DataTransfer();
    chosen.forEach((file, place) => {
      held.items.add(file);
      const box = document.createElement('div');
      const picture = document.createElement('img');
      picture.src = URL.createObjectURL(file);
      picture.alt = `第 ${place + 1} 张照片`;
      const remove = document.createElement('button');
      remove.type = 'button';
      remove.className = 'photo-remove';
      remove.setAttribute('aria-label', `删除第 ${place + 1} 张照片`);
      remove.appendChild(icon('x'));
      remove.addEventListener('click', () => {
        chosen.splice(place, 1);
        show();
      });
      box.append(picture, remove);
      grid.appendChild(box);
    });
    input.files = held.files;
    if (chosen.length < countMax) grid.appendChild(add);
  }

  input.addEventListener('change', async () => {
    const fresh = Array.from(input.files);
    if (chosen.length + fresh.length > countMax) say(`最多 ${countMax} 张照片`);
    for (const file of fresh.slice(0, Math.max(0, countMax - chosen.length))) {
      chosen.push(await smaller(file));
    }
    show();
  });
  show();
}

export function collectPhotos(root) {
  if (canHoldFiles()) firstTime(root, 'input[type=file][data-photos]', 'photos').forEach(collect);
}
