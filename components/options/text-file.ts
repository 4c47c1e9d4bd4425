/**
 * The text of a file that a person has chosen; `null`: it is longer than it may be. A message to the background holds
 * only so much, so that a longer one would be lost on its way there.
 * @param most in characters
 * @throws where it is not UTF-8: letters would be lost without a word
 */
export async function textOf(file: File, most: number): Promise<string | null> {
  // No character takes more than three bytes, nor does the mark that a file may begin with.
  if (file.size > 3 * (most + 1)) return null;
  const text = new TextDecoder('utf-8', { fatal: true }).decode(
    withWholeLetters(new Uint8Array(await file.arrayBuffer())),
  );
  return text.length > most ? null : text;
}

const [TAB, LF, CR, SPACE] = [0x09, 0x0a, 0x0d, 0x20];

/**
 * Some programs fold the lines of a calendar file within a letter (RFC 5545, 3.1), whose bytes are no letter before they
 * are together again. In any other file a line never goes on with such a byte.
 */
function withWholeLetters(bytes: Uint8Array): Uint8Array {
  const isFold = (at: number) =>
    bytes[at] === LF &&
    (bytes[at + 1] === SPACE || bytes[at + 1] === TAB) &&
    // The second byte of a letter, or a later one.
    ((bytes[at + 2] ?? 0) & 0xc0) === 0x80;
  return bytes.filter((byte, at) => !(isFold(at) || isFold(at - 1) || (byte === CR && isFold(at + 1))));
}
