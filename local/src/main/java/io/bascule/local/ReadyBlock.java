package io.bascule.local;

import io.bascule.local.store.Database;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** What is printed when the platform is ready: where it is, who may in, and commands that work as they stand. */
final class ReadyBlock {

    private ReadyBlock() {}

    static String of(Site site, Duration took, boolean withDemo) {
        return """

                Bascule is ready after %.1f s.

                  URL       %s
                  User      %s
                  Password  %s

                Try in another terminal:
                %s
                Ctrl-C stops everything.
                """.formatted(
                        took.toMillis() / 1000.0,
                        site.apiUrl(),
                        Site.OWNER,
                        site.ownerPassword(),
                        withDemo ? commands(site) : "  " + login(site) + "\n");
    }

    private static String commands(Site site) {
        return """
                  %s
                  ./bascule task submit http.request --input '{"resource":"http","path":"/"}' --wait 30
                  %s
                """.formatted(login(site), query(site));
    }

    private static String login(Site site) {
        Path password = site.secrets().passwordFile(Site.OWNER);
        Path root = site.checkout().root().toAbsolutePath().normalize();
        Path shown = password.startsWith(root) ? root.relativize(password) : password;
        return "./bascule login %s --user %s --password-stdin < %s".formatted(site.apiUrl(), Site.OWNER, shown);
    }

    private static String query(Site site) {
        Database demo = site.postgres().demo();
        String address = "postgresql://%s:%s@%s/%s".formatted(demo.username(), demo.password(), "%s", demo.name());
        if (isInstalled("psql")) {
            return "./bascule tcp postgres --exec 'psql %s -c \"select * from bridges\"'"
                    .formatted(address.formatted("{host}:{port}"));
        }
        return "./bascule tcp postgres --port 15432   # then: any PostgreSQL client to "
                + address.formatted("127.0.0.1:15432");
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
