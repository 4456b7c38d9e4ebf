package io.bascule.local;

import io.bascule.local.secret.SecretFiles;
import io.bascule.local.store.EmbeddedPostgres;
import io.bascule.local.store.EmbeddedRedis;

/** What the parts of one run need to know of each other. */
record Site(
        Checkout checkout,
        Home home,
        Ports ports,
        SecretFiles secrets,
        EmbeddedPostgres postgres,
        EmbeddedRedis redis) {

    static final String OWNER = "owner";

    static Site of(Checkout checkout, Home home, Ports ports) {
        SecretFiles secrets = new SecretFiles(home.secrets());
        return new Site(
                checkout,
                home,
                ports,
                secrets,
                new EmbeddedPostgres(home.apps(), home.postgres(), ports.at(Parts.POSTGRES), secrets),
                new EmbeddedRedis(home.apps(), home.redis(), ports.at(Parts.REDIS), secrets));
    }

    String apiUrl() {
        return "http://127.0.0.1:" + ports.api();
    }

    String ownerPassword() {
        return secrets.password(OWNER);
    }
}
