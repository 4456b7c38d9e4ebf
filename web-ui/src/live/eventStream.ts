import { type ServerEvent, SseReader } from "./sse";

/** What the stream tells its owner. */
export interface EventListener {
  /** The stream is open. `gap`: events may have been lost since it was last, so what is on the screen may be old. */
  onOpen: (gap: boolean) => void;
  onEvent: (event: ServerEvent) => void;
  /** The stream broke, or could not be opened; it is tried again. */
  onAway: () => void;
  /** The session is gone; the stream is not tried again. */
  onSignedOut: () => void;
}

const ADDRESS = "/api/v1/events";
const FIRST_DELAY_MILLIS = 1_000;
const LONGEST_DELAY_MILLIS = 30_000;
/** The server writes at least every 15 s; after this long without a word the connection is dead. */
const SILENCE_MILLIS = 40_000;

/**
 * Follows a stream of events, that of the workspace or another, until it is stopped. A stream that ends is opened again where it was, after a random
 * time that grows with each failure, so that many tabs do not all come back at once.
 */
export class EventStream {
  private readonly listener: EventListener;
  private readonly address: string;
  private readonly stopped = new AbortController();
  private lastId: string | undefined;
  private failures = 0;

  /** @param address of the stream; that of the workspace's events unless said otherwise */
  constructor(listener: EventListener, address: string = ADDRESS) {
    this.listener = listener;
    this.address = address;
  }

  /** @param after id of the last event that was seen, when an earlier stream was stopped there */
  start(after?: string): void {
    this.lastId = after;
    void this.follow();
  }

  /** Ends the stream for good. @returns the id with which another one goes on */
  stop(): string | undefined {
    this.stopped.abort();
    return this.lastId;
  }

  private async follow(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      const signedOut = await this.connect().catch(() => false);
      if (this.stopped.signal.aborted) {
        return;
      }
      if (signedOut) {
        this.listener.onSignedOut();
        return;
      }
      this.listener.onAway();
      await this.pause();
    }
  }

  /** Opens the stream and reads it to its end. @returns true when the server knows no session */
  private async connect(): Promise<boolean> {
    const attempt = new AbortController();
    const signal = AbortSignal.any([attempt.signal, this.stopped.signal]);
    const silence = new Silence(() => attempt.abort());
    try {
      const response = await fetch(this.address, { headers: this.headers(), credentials: "same-origin", signal });
      if (response.status === 401) {
        return true;
      }
      if (!response.ok || !response.body) {
        throw new Error(`the stream was answered with ${response.status}`);
      }
      this.failures = 0;
      this.listener.onOpen(this.lastId === undefined);
      await this.read(response.body, silence);
      return false;
    } finally {
      silence.end();
      attempt.abort();
    }
  }

  private async read(body: ReadableStream<Uint8Array>, silence: Silence): Promise<void> {
    const pieces = body.getReader();
    const decoder = new TextDecoder();
    const events = new SseReader();
    for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
      silence.broken();
      for (const event of events.read(decoder.decode(piece.value, { stream: true }))) {
        this.lastId = event.id ?? this.lastId;
        this.listener.onEvent(event);
      }
      this.lastId = events.lastId ?? this.lastId;
    }
  }

  private headers(): HeadersInit {
    const accept = { Accept: "text/event-stream" };
    return this.lastId === undefined ? accept : { ...accept, "Last-Event-ID": this.lastId };
  }

  /** Waits before the next try, less when the browser finds its network again. */
  private pause(): Promise<void> {
    const most = Math.min(FIRST_DELAY_MILLIS * 2 ** this.failures, LONGEST_DELAY_MILLIS);
    this.failures += 1;
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        window.removeEventListener("online", end);
        this.stopped.signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, Math.random() * most);
      window.addEventListener("online", end);
      this.stopped.signal.addEventListener("abort", end);
    });
  }
}

/** Notices when nothing was heard for too long. */
class Silence {
  private readonly onTooLong: () => void;
  private timer: ReturnType<typeof setTimeout>;

  constructor(onTooLong: () => void) {
    this.onTooLong = onTooLong;
    this.timer = setTimeout(onTooLong, SILENCE_MILLIS);
  }

  broken(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.onTooLong, SILENCE_MILLIS);
  }

  end(): void {
    clearTimeout(this.timer);
  }
}
