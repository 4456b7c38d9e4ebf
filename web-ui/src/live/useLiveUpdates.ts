import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { setConnection } from "../api/connection";
import { loseSession } from "../session/lost";
import { EventStream } from "./eventStream";
import { Refresh } from "./refresh";

/** A tab that nobody sees gives its connection back after this long: browsers allow six for all tabs together. */
const HIDDEN_MILLIS = 15_000;

/**
 * Keeps everything on the page up to date by one stream of events, while the page can be seen.
 *
 * @param lost true while there is no session; once there is one again, the stream goes on where it was
 */
export function useLiveUpdates(lost: boolean): void {
  const queries = useQueryClient();
  const lastId = useRef<string>(undefined);
  useEffect(() => {
    if (lost) {
      return;
    }
    const refresh = new Refresh(queries);
    let stream: EventStream | undefined;
    let hiding: ReturnType<typeof setTimeout> | undefined;
    const listener = {
      onOpen: (gap: boolean) => {
        setConnection("live");
        if (gap) {
          refresh.allChanged();
        }
      },
      onEvent: (event: Parameters<Refresh["changed"]>[0]) =>
        event.type === "missed" ? refresh.allChanged() : refresh.changed(event),
      onAway: () => setConnection("away"),
      onSignedOut: loseSession,
    };
    const start = () => {
      clearTimeout(hiding);
      if (!stream) {
        stream = new EventStream(listener);
        stream.start(lastId.current);
      }
    };
    const stop = () => {
      lastId.current = stream?.stop() ?? lastId.current;
      stream = undefined;
      setConnection("starting");
    };
    const look = () => {
      if (document.visibilityState === "visible") {
        start();
      } else {
        clearTimeout(hiding);
        hiding = setTimeout(stop, HIDDEN_MILLIS);
      }
    };
    look();
    document.addEventListener("visibilitychange", look);
    return () => {
      document.removeEventListener("visibilitychange", look);
      clearTimeout(hiding);
      stop();
      refresh.stop();
    };
  }, [queries, lost]);
}
