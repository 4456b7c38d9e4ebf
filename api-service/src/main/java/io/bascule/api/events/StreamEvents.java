package io.bascule.api.events;

import io.bascule.api.events.Watcher.Signal;
import io.bascule.service.drain.Drain;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Writes a workspace's events to one client, on a virtual thread of its own. A comment every few seconds keeps proxies
 * from closing the stream and finds out that a client is gone. A draining pod ends its streams; clients come back
 * elsewhere with {@code Last-Event-ID}.
 */
@Component
class StreamEvents {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final long RECONNECT_MILLIS = 1_000;
    private static final long NO_TIMEOUT = 0L;

    private final EventFeed feed;
    private final Drain drain;

    StreamEvents(EventFeed feed, Drain drain) {
        this.feed = feed;
        this.drain = drain;
    }

    /**
     * The stream's beginning is written by the request's thread, when this has returned: who writes first also stores the browser's session,
     * which two threads must not do at once.
     */
    SseEmitter to(UUID workspace, Optional<String> lastSeen) throws IOException {
        var emitter = new SseEmitter(NO_TIMEOUT);
        emitter.send(SseEmitter.event().reconnectTime(RECONNECT_MILLIS).comment("watching"));
        var gone = new AtomicBoolean();
        emitter.onCompletion(() -> gone.set(true));
        emitter.onError(_ -> gone.set(true));
        Watcher watcher = feed.watch(workspace, lastSeen);
        Thread.ofVirtual().name("event-stream").start(() -> write(watcher, emitter, gone));
        return emitter;
    }

    private void write(Watcher watcher, SseEmitter emitter, AtomicBoolean gone) {
        try {
            Duration quiet = Duration.ZERO;
            while (!gone.get() && !drain.isDraining()) {
                Signal signal = watcher.next(PATIENCE);
                quiet = signal instanceof Signal.Quiet ? quiet.plus(PATIENCE) : Duration.ZERO;
                if (quiet.compareTo(HEARTBEAT) >= 0) {
                    emitter.send(SseEmitter.event().comment("quiet"));
                    quiet = Duration.ZERO;
                }
                send(signal, emitter);
            }
            emitter.complete();
        } catch (IOException | IllegalStateException clientGone) {
            emitter.completeWithError(clientGone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } finally {
            feed.leave(watcher);
        }
    }

    private static void send(Signal signal, SseEmitter emitter) throws IOException {
        switch (signal) {
            case Signal.Begins(var after) -> emitter.send(SseEmitter.event().id(after));
            case Signal.Happened(var event) ->
                emitter.send(SseEmitter.event()
                        .id(event.id())
                        .name(event.type())
                        .data(EventView.of(event), MediaType.APPLICATION_JSON));
            case Signal.Missed() ->
                emitter.send(SseEmitter.event().name("missed").data("{}"));
            case Signal.Quiet() -> {}
        }
    }
}
