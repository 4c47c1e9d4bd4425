/**
 * The text of a file that a person has chosen; `null`: it is longer than it may be. A message to the background holds
 * only so much, so that a longer one would be lost on its way there.
 * @param most in characters
 */
export async function textOf(file: File, most: number): Promise<string | null> {
  // No character takes more than three bytes, nor does the mark that a file may begin with.
  if (file.size > 3 * (most + 1)) return null;
  const text = await file.text();
  return text.length > most ? null : text;
}
