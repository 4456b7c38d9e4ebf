package io.bascule.local;

import io.bascule.local.app.Apps;
import io.bascule.local.app.UnpackedApp;
import io.bascule.local.demo.DemoLocation;
import io.bascule.local.demo.DemoWeb;
import io.bascule.local.process.Listening;
import io.bascule.local.process.LocalFailure;
import io.bascule.local.process.Probe;
import io.bascule.local.process.Program;
import io.bascule.local.process.Program.Ending;
import io.bascule.local.process.Supervisor;
import io.bascule.local.process.Terminal;
import io.bascule.local.store.Database;
import io.bascule.local.store.Durability;
import io.bascule.local.store.StoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings the platform up, in the order in which the parts need each other: stores, schema, services, demo. */
final class StartUp {

    private static final Duration STORE = Duration.ofSeconds(30);
    private static final Duration SERVICE = Duration.ofMinutes(2);
    private static final Duration ONCE = Duration.ofMinutes(2);

    private final Site site;
    private final Supervisor supervisor;
    private final Terminal terminal;
    private final InstantSource clock;
    private final Apps apps;
    private final Map<ServicePart, UnpackedApp> services = new LinkedHashMap<>();

    StartUp(Site site, Supervisor supervisor, Terminal terminal, InstantSource clock) {
        this.site = site;
        this.supervisor = supervisor;
        this.terminal = terminal;
        this.clock = clock;
        this.apps = new Apps(site.home().apps(), program -> supervisor.run(program, ONCE));
    }

    void stores(Durability durability) {
        say("starting PostgreSQL, Redis and Kafka");
        site.postgres().initialise(durability, program -> supervisor.run(program, ONCE));
        var postgres = supervisor.start(site.postgres().server(durability));
        var redis = supervisor.start(site.redis().server(durability));
        var kafka = supervisor.start(kafka());
        postgres.awaitReady(site.postgres().probe(), STORE);
        site.postgres().prepare();
        redis.awaitReady(Probe.listening(site.redis().port()), STORE);
        kafka.awaitReady(Probe.listening(site.ports().at(Parts.KAFKA)), STORE);
    }

    private Program kafka() {
        int port = site.ports().at(Parts.KAFKA);
        UnpackedApp app = apps.unpack("local-kafka", site.checkout().program("local-kafka"));
        List<String> arguments = List.of(site.home().kafka().toString(), Integer.toString(port));
        return program("kafka", app.command(160, arguments), Map.of(), app, Listening.tcp(port));
    }

    void schema() {
        say("bringing the schema up to date");
        UnpackedApp migration = apps.unpack("schema", site.checkout().program("schema"));
        Database database = site.postgres().bascule();
        Map<String, String> environment = Map.of(
                "BASCULE_DATABASE_URL", database.url(),
                "BASCULE_DATABASE_USERNAME", database.username(),
                "BASCULE_DATABASE_PASSWORD", database.password());
        supervisor.run(
                program("schema", migration.command(96, List.of()), environment, migration, Listening.NOWHERE), ONCE);
    }

    void services(List<ServicePart> parts) {
        for (ServicePart part : parts) {
            services.put(part, apps.unpack(part.module(), site.checkout().app(part.module())));
        }
        Map<ServicePart, Supervisor.Started> started = new LinkedHashMap<>();
        services.forEach((part, app) -> {
            say("starting " + part.name());
            started.put(part, supervisor.start(program(part, app)));
        });
        try (HttpClient client = HttpClient.newHttpClient()) {
            started.forEach((part, process) -> {
                URI health = URI.create("http://127.0.0.1:%d/health/ready".formatted(part.port(site)));
                process.awaitReady(Probe.http(client, health), SERVICE);
                say(part.name() + " is ready");
            });
        }
    }

    private Program program(ServicePart part, UnpackedApp app) {
        List<String> command = app.command(part.heapMegabytes(), List.of());
        return program(part.name(), command, part.environment(site), app, Listening.service(part.port(site)));
    }

    private static Program program(
            String name, List<String> command, Map<String, String> environment, UnpackedApp app, Listening listening) {
        return new Program(name, command, environment, app.folder(), listening, Ending.DRAIN);
    }

    /** Sets up the demo location; returns its web application, which the caller closes. */
    DemoWeb demo() {
        say("setting up the demo agent and its resources");
        DemoWeb web = new DemoWeb(site.ports().at(Parts.DEMO_WEB), clock);
        try (DemoLocation location = DemoLocation.signIn(site.apiUrl(), Site.OWNER, site.ownerPassword())) {
            Optional<String> joinToken = location.ensureAgent();
            Supervisor.Started agent = supervisor.start(agent(joinToken));
            location.ensureResource("postgres", "postgres", site.ports().at(Parts.POSTGRES));
            location.ensureResource("http", "http", site.ports().at(Parts.DEMO_WEB));
            agent.awaitReady(location.agentOnline(), SERVICE);
        } catch (LocalFailure e) {
            web.close();
            throw e;
        }
        return web;
    }

    private Program agent(Optional<String> joinToken) {
        UnpackedApp app = apps.unpack("agent", site.checkout().program("agent"));
        List<String> arguments = List.of("run", "--grace-seconds", "2");
        Map<String, String> environment = new HashMap<>(Map.of(
                "BASCULE_API_URL", site.apiUrl(),
                "BASCULE_STATE_DIRECTORY", site.home().demoAgent().toString()));
        joinToken.ifPresent(token -> {
            beginAnew();
            environment.put("BASCULE_JOIN_TOKEN", token);
        });
        return program(Parts.DEMO_AGENT, app.command(96, arguments), environment, app, Listening.NOWHERE);
    }

    /** What an agent that the platform no longer knows has kept is of no use. */
    private void beginAnew() {
        try {
            StoreFiles.deleteAll(site.home().demoAgent());
            Files.createDirectories(site.home().demoAgent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the start-up caches that are missing, so that the next start is quicker. Nobody waits for it. */
    void trainCaches() {
        services.forEach((part, app) -> {
            if (app.isTrained()) {
                return;
            }
            try {
                supervisor.run(app.training(part.heapMegabytes(), part.environment(site)), ONCE);
                app.adoptCache();
            } catch (LocalFailure e) {
                say("no start-up cache for %s: %s".formatted(part.module(), e.getMessage()));
            }
        });
    }

    private void say(String text) {
        terminal.line("bascule", text);
    }
}
