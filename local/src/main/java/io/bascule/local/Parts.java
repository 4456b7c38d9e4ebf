package io.bascule.local;

import io.bascule.local.process.LocalFailure;
import io.bascule.local.store.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of the local platform and their places in the range of ports. A further service is one more line in
 * {@link #SERVICES}; they start in this order and stop in the reverse one.
 */
final class Parts {

    static final int POSTGRES = 10;
    static final int REDIS = 11;
    static final int KAFKA = 12;
    static final int RUNNER_CALLS = 14;
    static final int DEMO_WEB = 20;
    static final String DEMO_AGENT = "demo-agent";
    static final String WEB_UI = "web-ui";

    /** Without these nothing else works. */
    private static final Set<String> ESSENTIAL = Set.of("postgres", "redis", "api-service");

    static final List<ServicePart> SERVICES = List.of(
            new ServicePart("api-service", "api-service", 0, 224, Parts::api),
            new ServicePart("bridge-0", "bridge-service", 1, 128, site -> bridge(site, 0)),
            new ServicePart("bridge-1", "bridge-service", 2, 128, site -> bridge(site, 1)),
            new ServicePart("code-runner", "code-runner", 6, 128, Parts::runner),
            new ServicePart("instant-worker", "instant-worker", 3, 128, Parts::worker),
            new ServicePart("queued-worker", "queued-worker", 4, 112, Parts::worker),
            new ServicePart("orchestrator", "orchestrator", 5, 112, Parts::orchestrator));

    private Parts() {}

    /** The services of a run, fails when a name to leave out is unknown or cannot be spared. */
    static List<ServicePart> servicesWithout(Set<String> names) {
        Set<String> sparable = Stream.concat(SERVICES.stream().map(ServicePart::name), Stream.of(DEMO_AGENT, WEB_UI))
                .filter(name -> !ESSENTIAL.contains(name))
                .collect(Collectors.toSet());
        names.stream().filter(name -> !sparable.contains(name)).findFirst().ifPresent(name -> {
            throw new LocalFailure("--without %s (expected: some of %s)".formatted(name, new TreeSet<>(sparable)));
        });
        return SERVICES.stream().filter(part -> !names.contains(part.name())).toList();
    }

    private static Map<String, String> api(Site site) {
        Map<String, String> environment = new HashMap<>(stores(site));
        environment.put(
                "BASCULE_SECRETS_MASTERKEYFILE", site.secrets().masterKey().toString());
        environment.put("SPRING_KAFKA_BOOTSTRAPSERVERS", kafka(site));
        // Whoever tries webhooks here has the endpoint on the same machine.
        environment.put("BASCULE_WEBHOOKS_PRIVATENETWORKS_DEFAULT", "127.0.0.0/8");
        environment.put("BASCULE_BOOTSTRAP_USERNAME", Site.OWNER);
        environment.put("BASCULE_BOOTSTRAP_PASSWORD", site.ownerPassword());
        site.ui().ifPresent(folder -> environment.put("BASCULE_UI_DIRECTORY", folder.toString()));
        return environment;
    }

    private static Map<String, String> bridge(Site site, int number) {
        int port = site.ports().legs(number);
        return Map.of(
                "BASCULE_API_URL", site.apiUrl(),
                "BASCULE_BRIDGE_ID", "bridge-" + number,
                "BASCULE_BRIDGE_LISTENPORT", Integer.toString(port),
                "BASCULE_BRIDGE_ADVERTISEDADDRESS", "127.0.0.1:" + port,
                "BASCULE_BRIDGE_AUTHORITY", "bridge-" + number + ".bascule.local");
    }

    private static Map<String, String> worker(Site site) {
        Map<String, String> environment = new HashMap<>(stores(site));
        environment.put("BASCULE_API_URL", site.apiUrl());
        environment.put("BASCULE_RUNNER_TARGETS", "127.0.0.1:" + site.ports().at(RUNNER_CALLS));
        return environment;
    }

    private static Map<String, String> orchestrator(Site site) {
        Map<String, String> environment = new HashMap<>(stores(site));
        environment.put("SPRING_KAFKA_BOOTSTRAPSERVERS", kafka(site));
        return environment;
    }

    private static Map<String, String> runner(Site site) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "BASCULE_RUNNER_GRPCPORT",
                Integer.toString(site.ports().at(RUNNER_CALLS)),
                "BASCULE_RUNNER_JOBSPACES",
                "2"));
        LocalOptions.Registries registries = site.options().registries();
        if (registries.npm() != null) {
            environment.put("BASCULE_RUNNER_REGISTRIES_NPM", registries.npm());
        }
        if (registries.pypi() != null) {
            environment.put("BASCULE_RUNNER_REGISTRIES_PYPI", registries.pypi());
        }
        return environment;
    }

    private static String kafka(Site site) {
        return "127.0.0.1:" + site.ports().at(KAFKA);
    }

    private static Map<String, String> stores(Site site) {
        Database database = site.postgres().bascule();
        return Map.of(
                "SPRING_DATASOURCE_URL", database.url(),
                "SPRING_DATASOURCE_USERNAME", database.username(),
                "SPRING_DATASOURCE_PASSWORD", database.password(),
                "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE", "10",
                "SPRING_DATA_REDIS_HOST", "127.0.0.1",
                "SPRING_DATA_REDIS_PORT", Integer.toString(site.redis().port()),
                "SPRING_DATA_REDIS_PASSWORD", site.redis().password(),
                "BASCULE_STORAGE_KIND", "directory",
                "BASCULE_STORAGE_DIRECTORY", site.home().objects().toString());
    }
}
