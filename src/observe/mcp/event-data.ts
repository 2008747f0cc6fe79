/**
 * Reads a stream of server-sent events piece by piece and hands on the data of each event, joined over its lines. Names,
 * ids and comments are left out. Lines end in LF, CR LF or CR, as the standard of these streams says.
 */
export function eventData(take: (data: string) => void): (text: string) => void {
  let rest = '';
  let data: string[] = [];
  let endedInReturn = false;
  return (given) => {
    // The second half of a CR LF whose first half has already ended the line.
    const text = endedInReturn && given.startsWith('\n') ? given.slice(1) : given;
    endedInReturn = text === '' ? endedInReturn : text.endsWith('\r');
    rest += text;
    // A long line is put together before it is looked at, not again for each of its pieces.
    if (!/[\r\n]/.test(text)) return;
    const lines = rest.split(/\r\n|\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) take(data.join('\n'));
        data = [];
      } else if (line.startsWith('data:')) data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
    }
  };
}
