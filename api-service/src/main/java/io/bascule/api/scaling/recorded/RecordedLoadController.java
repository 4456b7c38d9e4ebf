package io.bascule.api.scaling.recorded;

import io.bascule.api.caller.Caller;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Loads from Prometheus. */
@RestController
@RequestMapping(path = "/api/{version}/scaling/recorded-load", version = "1")
class RecordedLoadController {

    private final ReadRecordedLoad readRecordedLoad;

    RecordedLoadController(ReadRecordedLoad readRecordedLoad) {
        this.readRecordedLoad = readRecordedLoad;
    }

    @GetMapping
    @Operation(summary = "Read from Prometheus what came to a component in the last minutes")
    RecordedLoadView read(
            Caller caller, @RequestParam String component, @RequestParam(defaultValue = "60") int minutes) {
        return readRecordedLoad.read(caller, component, minutes);
    }
}
