package io.bascule.local;

import io.bascule.local.LocalOptions.Data;
import io.bascule.local.demo.DemoWeb;
import io.bascule.local.process.Leftovers;
import io.bascule.local.process.LocalFailure;
import io.bascule.local.process.Supervisor;
import io.bascule.local.process.Terminal;
import io.bascule.local.store.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run of the platform, from the lock on its folder to the end of its last process. Runs once; {@link #stop()} may be
 * called from any thread.
 */
public final class LocalPlatform {

    private final LocalOptions options;
    private final Home home;
    private final Terminal terminal;
    private final InstantSource clock;
    private final Supervisor supervisor;
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private @Nullable DemoWeb demoWeb;

    public LocalPlatform(LocalOptions options, Terminal terminal, InstantSource clock) {
        this.options = options;
        this.home = options.data() == Data.EPHEMERAL ? Home.ephemeral(options.home()) : Home.durable(options.home());
        this.terminal = terminal;
        this.clock = clock;
        this.supervisor = new Supervisor(home.processes(), home.logs(), terminal, clock);
    }

    /**
     * Starts everything and returns when it was stopped and nothing runs any more.
     *
     * @throws LocalFailure when it cannot start; nothing runs then either
     */
    public void run() {
        Instant began = clock.instant();
        List<ServicePart> parts = Parts.servicesWithout(options.without());
        try (FolderLock _ = FolderLock.acquire(home.lock())) {
            clearTheWay(parts);
            try {
                start(parts, began);
                stopAsked.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (LocalFailure e) {
                if (stopAsked.getCount() > 0) {
                    throw e;
                }
            } finally {
                end();
            }
        }
    }

    /** Asks for the end and returns when every process has ended; {@link #run()} returns soon after. */
    public void stop() {
        stopAsked.countDown();
        supervisor.stopAll();
    }

    private void clearTheWay(List<ServicePart> parts) {
        List<String> ended = Leftovers.end(home.processes());
        if (!ended.isEmpty()) {
            say("ended what a killed launcher left running: " + String.join(", ", ended));
        }
        if (options.data() != Data.KEEP) {
            home.deleteData();
        }
        ports(parts).forEach(options.ports()::requireFree);
    }

    private void start(List<ServicePart> parts, Instant began) {
        Site site = Site.of(options, home);
        StartUp startUp = new StartUp(site, supervisor, terminal, clock);
        startUp.stores(home.isEphemeral() ? Durability.MAY_VANISH : Durability.SURVIVES);
        startUp.schema();
        startUp.services(parts);
        if (!options.without().contains(Parts.DEMO_AGENT)) {
            demoWeb = startUp.demo();
        }
        writePorts(ports(parts));
        terminal.block(ReadyBlock.of(site, Duration.between(began, clock.instant()), demoWeb != null));
        if (!home.isEphemeral()) {
            Thread.ofVirtual().name("train-caches").start(startUp::trainCaches);
        }
    }

    private void end() {
        supervisor.stopAll();
        if (demoWeb != null) {
            demoWeb.close();
        }
        home.processes().clear();
        try {
            Files.deleteIfExists(home.ports());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (home.isEphemeral()) {
            home.deleteData();
        }
        say("stopped");
    }

    private Map<String, Integer> ports(List<ServicePart> parts) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (ServicePart part : parts) {
            ports.put(part.name(), options.ports().at(part.portOffset()));
            if (part.module().equals("bridge-service")) {
                ports.put(part.name() + "-legs", options.ports().legs(part.portOffset() - 1));
            }
        }
        ports.put("postgres", options.ports().at(Parts.POSTGRES));
        ports.put("redis", options.ports().at(Parts.REDIS));
        ports.put("kafka", options.ports().at(Parts.KAFKA));
        ports.put("kafka-controller", options.ports().at(Parts.KAFKA + 1));
        ports.put("demo-web", options.ports().at(Parts.DEMO_WEB));
        return ports;
    }

    private void writePorts(Map<String, Integer> ports) {
        try {
            Files.writeString(
                    home.ports(),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(ports) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void say(String text) {
        terminal.line("bascule", text);
    }
}
