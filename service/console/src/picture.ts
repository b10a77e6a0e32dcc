import { Refused } from './api/client';

/** Twice as fine as it is on the screen. */
const scale = 2;

const cannot = () => new Refused({
  type: '/problems/unavailable', title: 'No picture', status: 503, detail: 'This browser could not draw it. Take the SVG instead.',
});

async function drawn(address: string) {
  const drawing = new Image();
  drawing.src = address;
  await drawing.decode().catch(() => { throw cannot(); });
  const canvas = document.createElement('canvas');
  canvas.width = drawing.naturalWidth * scale;
  canvas.height = drawing.naturalHeight * scale;
  canvas.getContext('2d')?.drawImage(drawing, 0, 0, canvas.width, canvas.height);
  return new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** Keeps a drawing as a PNG, made of its SVG by this browser. */
export async function keepPicture(address: string, name: string) {
  const picture = await drawn(address);
  if (!picture) throw cannot();
  const link = document.createElement('a');
  link.href = URL.createObjectURL(picture);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
