// Follows the kneecaps in a close view. A picture comes in, two numbers go out; the picture is thrown away here.
import { CUT, Kneecaps } from "/static/live/kneecap.js";

const canvas = new OffscreenCanvas(CUT.wide, CUT.high);
const pen = canvas.getContext("2d", { willReadFrequently: true });
const grey = new Uint8Array(CUT.wide * CUT.high);
const kneecaps = new Kneecaps();

/** @param {MessageEvent<{picture: ImageBitmap, t_s: number}>} event */
self.onmessage = ({ data: { picture, t_s } }) => {
  pen?.drawImage(picture, 0, 0, CUT.wide, CUT.high);
  picture.close();
  const pixels = pen?.getImageData(0, 0, CUT.wide, CUT.high).data ?? [];
  for (let i = 0, n = 0; i < pixels.length;
    i += 4, n += 1) grey[n] = (77 * pixels[i] + 150 * pixels[i + 1] + 29 * pixels[i + 2]) >> 8;
  self.postMessage(kneecaps.take(grey, t_s));
};
