package io.bascule.local;

import io.bascule.local.secret.SecretFiles;
import io.bascule.local.store.EmbeddedPostgres;
import io.bascule.local.store.EmbeddedRedis;
import java.nio.file.Path;
import java.util.Optional;

/** What the parts of one run need to know of each other. */
record Site(LocalOptions options, Home home, SecretFiles secrets, EmbeddedPostgres postgres, EmbeddedRedis redis) {

    static final String OWNER = "owner";

    static Site of(LocalOptions options, Home home) {
        Ports ports = options.ports();
        SecretFiles secrets = new SecretFiles(home.secrets());
        return new Site(
                options,
                home,
                secrets,
                new EmbeddedPostgres(home.apps(), home.postgres(), ports.at(Parts.POSTGRES), secrets),
                new EmbeddedRedis(home.apps(), home.redis(), ports.at(Parts.REDIS), secrets));
    }

    Checkout checkout() {
        return new Checkout(options.checkout());
    }

    Ports ports() {
        return options.ports();
    }

    /** Where the built browser UI is; empty when it is left out or was not built. */
    Optional<Path> ui() {
        return options.without().contains(Parts.WEB_UI)
                ? Optional.empty()
                : checkout().ui();
    }

    String apiUrl() {
        return "http://127.0.0.1:" + ports().api();
    }

    String ownerPassword() {
        return secrets.password(OWNER);
    }
}
