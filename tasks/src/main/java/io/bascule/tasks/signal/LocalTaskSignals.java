package io.bascule.tasks.signal;

import io.bascule.tasks.Lane;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Signals within one process, delivered on the sender's thread. */
public class LocalTaskSignals implements TaskSignals {

    private final Map<Lane, List<Runnable>> wakes = new ConcurrentHashMap<>();
    private final List<Consumer<UUID>> cancels = new CopyOnWriteArrayList<>();
    private final Map<String, List<Consumer<UUID>>> ends = new ConcurrentHashMap<>();

    @Override
    public void wake(Lane lane) {
        wakes.getOrDefault(lane, List.of()).forEach(Runnable::run);
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
    public void onWake(Lane lane, Runnable listener) {
        wakes.computeIfAbsent(lane, _ -> new CopyOnWriteArrayList<>()).add(listener);
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
        wakes.clear();
        cancels.clear();
        ends.clear();
    }
}
