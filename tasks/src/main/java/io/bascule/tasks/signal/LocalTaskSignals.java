package io.bascule.tasks.signal;

import io.bascule.tasks.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Signals within one process, delivered on the sender's thread. */
public class LocalTaskSignals implements TaskSignals {

    private final List<HintListener> instant = new CopyOnWriteArrayList<>();
    private final Deque<Asking> asking = new ArrayDeque<>();
    private long missed;
    private final List<Consumer<UUID>> cancels = new CopyOnWriteArrayList<>();
    private final Map<String, List<Consumer<UUID>>> ends = new ConcurrentHashMap<>();

    @Override
    public void wake(Lane lane, int tasks) {
        switch (lane) {
            case INSTANT -> instant.forEach(HintListener::hinted);
            case QUEUED -> taken(tasks).forEach(chosen -> chosen.listener.hinted());
        }
    }

    @Override
    public void wakeFor(Set<UUID> workspaces) {
        hear(new InstantHint(workspaces));
    }

    void hear(InstantHint hint) {
        instant.forEach(hint::tell);
    }

    private List<Asking> taken(int tasks) {
        List<Asking> chosen = new ArrayList<>();
        synchronized (asking) {
            while (chosen.size() < tasks && !asking.isEmpty()) {
                chosen.add(asking.removeLast());
            }
            if (chosen.size() < tasks) {
                missed++;
            }
        }
        return chosen;
    }

    @Override
    public void cancel(UUID task) {
        cancels.forEach(listener -> listener.accept(task));
    }

    @Override
    public void finished(String replyTo, Collection<UUID> tasks) {
        ends.getOrDefault(replyTo, List.of()).forEach(tasks::forEach);
    }

    @Override
    public Hints onWake(Lane lane, HintListener listener) {
        return switch (lane) {
            case INSTANT -> new Hearing(listener);
            case QUEUED -> new Asking(listener);
        };
    }

    @Override
    public void onCancel(Consumer<UUID> listener) {
        cancels.add(listener);
    }

    @Override
    public void onFinished(String replyTo, Consumer<UUID> listener) {
        ends.computeIfAbsent(replyTo, _ -> new CopyOnWriteArrayList<>()).add(listener);
    }

    @Override
    public void close() {
        instant.clear();
        synchronized (asking) {
            asking.clear();
        }
        cancels.clear();
        ends.clear();
    }

    /** Hears everything. */
    private final class Hearing implements Hints {

        private final HintListener listener;

        Hearing(HintListener listener) {
            this.listener = listener;
            instant.add(listener);
        }

        @Override
        public void ask() {}

        @Override
        public void close() {
            instant.remove(listener);
        }
    }

    /** Hears what it asks for. */
    private final class Asking implements Hints {

        private final HintListener listener;
        private long seen;

        Asking(HintListener listener) {
            this.listener = listener;
            synchronized (asking) {
                seen = missed;
            }
        }

        @Override
        public void ask() {
            boolean again;
            synchronized (asking) {
                again = seen != missed;
                seen = missed;
                asking.remove(this);
                if (!again) {
                    asking.addLast(this);
                }
            }
            if (again) {
                listener.hinted();
            }
        }

        @Override
        public void close() {
            synchronized (asking) {
                asking.remove(this);
            }
        }
    }
}
