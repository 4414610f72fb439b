const maxNameLength = 120;
/** What stands before is not looked at; longer texts are no names but try how long a pattern takes. */
const readLength = 1_000;
const nameless = 'document';

/** What a file is called: by Content-Disposition, or else by the last part of the path; fit for any file system. */
export function fileNameOf(url: URL, disposition: string | string[] | undefined): string {
  const header = Array.isArray(disposition) ? disposition.at(-1) : disposition;
  const candidates = [nameInHeader(header ?? ''), nameInPath(url.pathname)];
  return candidates.map(slugOf).find((name) => name !== '') ?? nameless;
}

/** RFC 6266: `filename*` with its character set wins over `filename`. */
function nameInHeader(header: string): string {
  const extended = /;\s*filename\*\s*=\s*"?utf-8'[^']*'([^;"]+)/i.exec(header)?.[1];
  if (extended !== undefined) return lastPart(percentDecoded(extended.trim()));
  const [, quoted, bare] =
    /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s"]+))/i.exec(header) ?? [];
  // Only an escaped quote: a backslash before anything else is one of a path, written by a server that escapes nothing.
  return lastPart(utf8Of((quoted ?? bare ?? '').replaceAll('\\"', '"')));
}

function nameInPath(path: string): string {
  const last = path.split('/').findLast((part) => part !== '') ?? '';
  return lastPart(percentDecoded(last));
}

/** Names from headers may come with the folders of whoever uploaded the file. */
function lastPart(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? '';
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Many servers write UTF-8 where the header allows Latin-1 only, and it is read as such. */
function utf8Of(text: string): string {
  if (!/^[\0-\xff]*$/.test(text)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

/** Letters and digits of any script, and no dot in front; what is too long loses its middle, so that the extension stays. */
function slugOf(name: string): string {
  const slug = name
    .slice(-readLength)
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}._-]+/gu, '-')
    .replace(/-*\.[.-]*/g, '.')
    .replace(/^[.-]+|[.-]+$/g, '');
  const characters = [...slug];
  if (characters.length <= maxNameLength) return slug;
  const extension = /\.[a-z0-9]{1,10}$/i.exec(slug)?.[0] ?? '';
  return characters.slice(0, maxNameLength - extension.length).join('') + extension;
}
