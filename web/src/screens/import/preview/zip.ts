/** The files of a ZIP archive, by their paths; each is unpacked when it is asked for. */
export type Entries = Map<string, () => Promise<string>>;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const END_BYTES = 22;
const COMMENT_AT_MOST = 65_535;
/** More than this is not unpacked for a look at a few rows. */
const UNPACKED_AT_MOST = 64_000_000;
const DEFLATED = 8;

/** The entries of an archive by its central directory. Raises RangeError where it is none. */
export async function entriesOf(archive: Blob): Promise<Entries> {
  const from = Math.max(0, archive.size - END_BYTES - COMMENT_AT_MOST);
  const tail = new DataView(await archive.slice(from).arrayBuffer());
  let at = tail.byteLength - END_BYTES;
  while (tail.getUint32(at, true) !== END) at -= 1;
  const count = tail.getUint16(at + 10, true);
  const start = tail.getUint32(at + 16, true);
  const directory = new DataView(await archive.slice(start, start + tail.getUint32(at + 12, true)).arrayBuffer());
  const entries: Entries = new Map();
  for (let number = 0, place = 0; number < count; number++) {
    if (directory.getUint32(place, true) !== CENTRAL) throw new RangeError("No entry stands where one should.");
    const [name, extra, comment] = [28, 30, 32].map((offset) => directory.getUint16(place + offset, true)) as [
      number,
      number,
      number,
    ];
    const path = new TextDecoder().decode(new Uint8Array(directory.buffer, place + 46, name));
    const [packed, unpacked, local] = [20, 24, 42].map((offset) => directory.getUint32(place + offset, true)) as [
      number,
      number,
      number,
    ];
    const method = directory.getUint16(place + 10, true);
    entries.set(path, () => unpackedOf(archive, { method, packed, unpacked, local }));
    place += 46 + name + extra + comment;
  }
  return entries;
}

interface Entry {
  method: number;
  packed: number;
  unpacked: number;
  local: number;
}

async function unpackedOf(archive: Blob, { method, packed, unpacked, local }: Entry): Promise<string> {
  if (unpacked > UNPACKED_AT_MOST) throw new RangeError("The file is too large to look into.");
  const head = new DataView(await archive.slice(local, local + 30).arrayBuffer());
  const start = local + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const content = archive.slice(start, start + packed).stream();
  return new Response(method === DEFLATED ? content.pipeThrough(new DecompressionStream("deflate-raw")) : content).text();
}
