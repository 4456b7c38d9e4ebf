package io.bascule.local;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * One service process of the platform, declared in {@link Parts}.
 *
 * @param name the process; differs from its module where a module runs more than once
 * @param module the module whose jar it runs; also the name under which services know each other
 * @param portOffset its HTTP port, counted from the base
 * @param heapMegabytes the most its heap may take
 * @param settings environment that only this part has
 */
record ServicePart(
        String name, String module, int portOffset, int heapMegabytes, Function<Site, Map<String, String>> settings) {

    /** The whole environment of the process at this site. */
    Map<String, String> environment(Site site) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SERVER_ADDRESS",
                "127.0.0.1",
                "SERVER_PORT",
                Integer.toString(port(site)),
                "BASCULE_SERVICE_NAME",
                module,
                "BASCULE_SERVICE_INSTANCE",
                name,
                "BASCULE_IDENTITY_PRIVATEKEYFILE",
                site.secrets().identityKey(module).toString(),
                "BASCULE_IDENTITY_TRUSTEDKEYSDIRECTORY",
                site.secrets().trustedKeys().toString()));
        environment.putAll(settings.apply(site));
        return environment;
    }

    int port(Site site) {
        return site.ports().at(portOffset);
    }
}
