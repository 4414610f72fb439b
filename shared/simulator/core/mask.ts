const address = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
/** Seven digits and more, also with the signs that phone and account numbers are written with. */
const longNumber = /\+?\d(?:[ ()/-]{0,2}\d){6,}/g;

/** Stars in place of e-mail addresses and long numbers. */
export function maskSensitive(text: string): string {
  return text.replace(address, '****').replace(longNumber, '****');
}
