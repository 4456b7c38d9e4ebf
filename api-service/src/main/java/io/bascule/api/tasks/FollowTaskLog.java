package io.bascule.api.tasks;

import io.bascule.api.caller.Caller;
import io.bascule.service.drain.Drain;
import io.bascule.service.problem.ProblemException;
import io.bascule.storage.StorageException;
import io.bascule.tasks.Task;
import io.bascule.tasks.log.LogKey;
import io.bascule.tasks.log.LogLine;
import io.bascule.tasks.log.LogPosition;
import io.bascule.tasks.store.JdbcTasks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams a task's log to one client, on a virtual thread of its own, until the task has ended and all of its log is sent. All
 * the state there is, is the last line's id, so a client goes on at any pod. A draining pod ends its streams.
 */
@Component
class FollowTaskLog {

    private static final Logger LOG = LoggerFactory.getLogger(FollowTaskLog.class);
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int POLLS_A_LOOK = 3;
    private static final long RECONNECT_MILLIS = 1_000;
    private static final long NO_TIMEOUT = 0L;

    private final ReadTaskLog readTaskLog;
    private final JdbcTasks tasks;
    private final Drain drain;
    private final Semaphore places;

    FollowTaskLog(ReadTaskLog readTaskLog, JdbcTasks tasks, Drain drain, TaskProperties properties) {
        this.readTaskLog = readTaskLog;
        this.tasks = tasks;
        this.drain = drain;
        this.places = new Semaphore(properties.logFollowers());
    }

    /**
     * The stream's beginning is written by the request's thread, when this has returned: who writes first also stores the browser's session,
     * which two threads must not do at once.
     *
     * @param lastSeen the id of the last line that the client has; anything else begins at the beginning
     */
    SseEmitter follow(Caller caller, UUID task, Optional<String> lastSeen) throws IOException {
        LogKey log = readTaskLog.require(caller, task);
        var emitter = new SseEmitter(NO_TIMEOUT);
        emitter.send(SseEmitter.event().reconnectTime(RECONNECT_MILLIS).comment("following"));
        if (!places.tryAcquire()) {
            throw ProblemException.retryable(
                    TaskProblem.TOO_MANY_FOLLOWERS, "Read the log in pages, or try again in a moment", HEARTBEAT);
        }
        var gone = new CountDownLatch(1);
        emitter.onCompletion(gone::countDown);
        emitter.onError(_ -> gone.countDown());
        LogPosition after = lastSeen.flatMap(LogPosition::parse).orElse(LogPosition.START);
        Thread.ofVirtual().name("log-follower-" + task).start(() -> write(new Following(log, emitter, gone), after));
        return emitter;
    }

    private void write(Following following, LogPosition after) {
        try {
            sendUntilTheEnd(following, after);
            following.emitter().complete();
        } catch (IOException | IllegalStateException clientGone) {
            following.emitter().completeWithError(clientGone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            following.emitter().complete();
        } catch (RuntimeException failure) {
            LOG.warn("the log of task {} could not be followed", following.log().task(), failure);
            following.emitter().complete();
        } finally {
            places.release();
        }
    }

    /** Looks whether the task has ended before it reads: what is said before the end is read before the end is told. */
    private void sendUntilTheEnd(Following following, LogPosition start) throws IOException, InterruptedException {
        LogPosition after = start;
        boolean ended = false;
        boolean caughtUp = false;
        int quiet = 0;
        int polls = 0;
        while (following.gone().getCount() > 0 && !drain.isDraining()) {
            ended = ended || (polls++ % POLLS_A_LOOK == 0 && hasEnded(following.log()));
            Optional<List<LogLine>> read = readIfThere(following.log(), after, caughtUp && !ended);
            List<LogLine> lines = read.orElse(List.of());
            boolean all = read.isPresent() && lines.isEmpty();
            caughtUp |= all;
            for (LogLine line : lines) {
                following.send(line);
                after = line.at();
            }
            quiet = lines.isEmpty() ? quiet + 1 : 0;
            Optional<String> end = ended && all ? stateIfThere(following.log()) : Optional.empty();
            if (end.isPresent()) {
                following.sendEnd(end.get());
                return;
            }
            if (lines.size() < ReadTaskLog.LARGEST_PAGE) {
                following.rest(quiet);
            }
        }
    }

    private boolean hasEnded(LogKey log) {
        try {
            return !tasks.ended(List.of(log.task())).isEmpty();
        } catch (DataAccessException away) {
            return false;
        }
    }

    /**
     * Empty while a store is away, which is not the end of a log: the follower waits for it. The archive is asked at the
     * beginning and at the end, not with every poll.
     */
    private Optional<List<LogLine>> readIfThere(LogKey log, LogPosition after, boolean live) {
        try {
            return Optional.of(live ? readTaskLog.newLines(log, after) : readTaskLog.lines(log, after));
        } catch (DataAccessException | StorageException away) {
            LOG.debug("the log of task {} cannot be read at the moment", log.task(), away);
            return Optional.empty();
        }
    }

    private Optional<String> stateIfThere(LogKey log) {
        try {
            return Optional.of(tasks.find(log.workspace(), log.task())
                    .map(Task::state)
                    .map(state -> state.word())
                    .orElse("unknown"));
        } catch (DataAccessException away) {
            return Optional.empty();
        }
    }

    private record Following(LogKey log, SseEmitter emitter, CountDownLatch gone) {

        void send(LogLine line) throws IOException {
            emitter.send(SseEmitter.event()
                    .id(line.at().toString())
                    .name("line")
                    .data(LogLineView.of(line), MediaType.APPLICATION_JSON));
        }

        void sendEnd(String state) throws IOException {
            emitter.send(SseEmitter.event().name("end").data(Map.of("state", state), MediaType.APPLICATION_JSON));
        }

        void rest(int quiet) throws IOException, InterruptedException {
            if (quiet > 0 && quiet % (HEARTBEAT.toMillis() / POLL.toMillis()) == 0) {
                emitter.send(SseEmitter.event().comment("quiet"));
            }
            if (gone.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.trace("a follower of task {} went away", log.task());
            }
        }
    }
}
