/** One message of a stream of server-sent events. */
export interface ServerEvent {
  type: string;
  id: string | undefined;
  data: string;
}

/** A line longer than this is no event of ours; it would only fill the memory. */
const LONGEST_LINE = 1_000_000;

/** Puts the text of a stream together to events, whatever the pieces in which it comes. Comments are passed over. */
export class SseReader {
  private rest = "";
  private type = "";
  private id: string | undefined;
  private data: string[] = [];
  private last: string | undefined;

  /** The id with which a stream goes on after all that is complete, as that of an event or sent by itself. */
  get lastId(): string | undefined {
    return this.last;
  }

  /**
   * The events that are complete with this piece.
   *
   * @throws RangeError when a line is too long
   */
  read(piece: string): ServerEvent[] {
    const lines = (this.rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    if (this.rest.length > LONGEST_LINE) {
      throw new RangeError("an event of the stream is too long");
    }
    return lines.flatMap((line) => this.take(line));
  }

  private take(line: string): ServerEvent[] {
    if (line === "") {
      return this.complete();
    }
    const [, field = "", value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "event") {
      this.type = value;
    } else if (field === "id") {
      this.id = value;
    } else if (field === "data") {
      this.data.push(value);
    }
    return [];
  }

  private complete(): ServerEvent[] {
    const { type, id, data } = this;
    this.last = id ?? this.last;
    this.type = "";
    this.id = undefined;
    this.data = [];
    return data.length > 0 ? [{ type: type || "message", id, data: data.join("\n") }] : [];
  }
}
