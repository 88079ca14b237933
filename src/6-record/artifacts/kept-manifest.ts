import type { Graph } from '../../2-graph/index.ts';
import type { GraphNode, JsonObject } from '../../core/index.ts';
import type { Entry } from './atomic-file.ts';
import { damagedFile } from './damaged-file.ts';
import { HeldFile } from './held-file.ts';
import { hasContent } from './manifest-head.ts';
import { newPlaces, type Places, readPlaces } from './manifest-places.ts';
import { type CompiledPart, nodeJson } from './node-json.ts';

/** Bytes that are copied at once. */
const chunk = 1 << 16;

/** So many entries are at hand. */
const mostRecent = 64;

/** A `manifest.json` as an earlier command has left it, of which single nodes can be read. */
export class KeptManifest {
  /** Bytes of its head. */
  readonly head: number;
  readonly places: Places;
  /** Places of the nodes with compiled code. */
  readonly compiled: readonly number[];
  readonly #path: string;
  readonly #file: HeldFile;
  /** By their places, the oldest first: steps that run at the same time look at several nodes in turns. */
  readonly #recent = new Map<number, JsonObject>();

  private constructor(path: string, file: HeldFile, found: NonNullable<ReturnType<typeof readPlaces>>) {
    this.#path = path;
    this.#file = file;
    this.head = found.head;
    this.places = found.places;
    this.compiled = found.compiled;
  }

  /** Undefined where the manifest is not that of the project with this fingerprint, or somebody has changed it. */
  static open(path: string, fingerprint: string): KeptManifest | undefined {
    const found = readPlaces(path);
    if (found === undefined || found.fingerprint !== fingerprint) return undefined;
    const file = HeldFile.open(path);
    const isKept = file && hasContent(file.number, file.read(0, found.head).toString(), found.content);
    return isKept ? new KeptManifest(path, file, found) : undefined;
  }

  get size(): number {
    return this.#file.size;
  }

  /** A node's entry, by its place among the nodes. Throws `Problem` where the file is damaged. */
  entry(place: number): JsonObject {
    const known = this.#recent.get(place);
    if (known) return known;
    const entry = this.#parse(this.text(place));
    const [oldest = place] = this.#recent.keys();
    if (this.#recent.size === mostRecent) this.#recent.delete(oldest);
    this.#recent.set(place, entry);
    return entry;
  }

  #parse(text: string): JsonObject {
    try {
      return JSON.parse(text) as JsonObject;
    } catch {
      throw damagedFile(this.#path);
    }
  }

  /** A node's entry as it stands in the file. */
  text(place: number): string {
    return this.#file.read(this.places.start(place), this.places.end(place)).toString();
  }

  /** The bytes of a part of the file. Each piece is good until the next is asked for. */
  *bytes(from: number, to: number): Iterable<Uint8Array> {
    const buffer = Buffer.allocUnsafe(Math.min(chunk, to - from));
    for (let at = from; at < to; ) {
      const read = this.#file.readInto(buffer.subarray(0, Math.min(buffer.length, to - at)), at);
      if (read === 0) throw damagedFile(this.#path);
      yield buffer.subarray(0, read);
      at += read;
    }
  }
}

/** A manifest in which only some entries are new: those that have changed, and those that are or were compiled. */
export function splicedManifest(
  head: string,
  { kept, changed }: { readonly kept: KeptManifest; readonly changed: ReadonlySet<string> },
  graph: Graph,
  compiled: ReadonlyMap<string, CompiledPart>,
): { readonly pieces: Iterable<string | Uint8Array | Entry>; readonly places: Places } {
  const places = newPlaces(kept.places.size);
  const wasCompiled = new Set(kept.compiled);
  const ids = [...graph.project.nodes.keys()];
  const renewed = (id: string, place: number): boolean => wasCompiled.has(place) || compiled.has(id) || changed.has(id);
  function* pieces(): Iterable<string | Uint8Array | Entry> {
    yield head;
    let at = kept.head;
    let shift = Buffer.byteLength(head) - at;
    for (const [place, id] of ids.entries()) {
      const start = kept.places.start(place);
      const end = kept.places.end(place);
      if (!renewed(id, place)) {
        places.set(place, start + shift, end + shift);
        continue;
      }
      yield* kept.bytes(at, start);
      const node = graph.nodes.get(id) ?? graph.dropped.get(id) ?? graph.project.nodes.get(id);
      yield {
        text: nodeJson(node as GraphNode, compiled.get(id)),
        placed(newStart, newEnd) {
          places.set(place, newStart, newEnd);
          shift = newEnd - end;
        },
      };
      at = end;
    }
    yield* kept.bytes(at, kept.size);
  }
  return { pieces: pieces(), places };
}
