/**
 * Draws a JPEG that came as a data URL. Pages may show pictures from our own addresses only, so it is decoded here.
 * @throws DOMException where it is no picture.
 */
export async function drawPhoto(canvas: HTMLCanvasElement, url: string): Promise<void> {
  const bytes = Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) =>
    character.charCodeAt(0),
  );
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
  [canvas.width, canvas.height] = [picture.width, picture.height];
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  picture.close();
}
