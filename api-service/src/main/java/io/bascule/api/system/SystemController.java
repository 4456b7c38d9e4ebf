package io.bascule.api.system;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.service.ServiceProperties;
import io.bascule.service.health.StoreState;
import io.bascule.service.health.StoreWatch;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which version answers and what it can reach. */
@RestController
@RequestMapping(path = "/api/{version}/system", version = "1")
class SystemController {

    private final SystemProperties system;
    private final ServiceProperties service;
    private final StoreWatch stores;
    private final InstantSource clock;

    SystemController(SystemProperties system, ServiceProperties service, StoreWatch stores, InstantSource clock) {
        this.system = system;
        this.service = service;
        this.stores = stores;
        this.clock = clock;
    }

    /**
     * What the platform says of itself.
     *
     * @param version of the API
     * @param instance which of its replicas answered
     * @param now its clock
     * @param stores by name: {@code up}, {@code down} or {@code unknown}
     */
    record SystemInfo(String version, String instance, Instant now, Map<String, String> stores) {}

    @GetMapping("/info")
    @Operation(summary = "Tell the version and the state of the stores")
    SystemInfo info(Caller caller) {
        caller.require(Role.VIEWER);
        var states = new TreeMap<String, String>();
        stores.states().forEach((name, state) -> states.put(name, text(state)));
        return new SystemInfo(system.version(), service.instance(), clock.instant(), states);
    }

    private static String text(StoreState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
