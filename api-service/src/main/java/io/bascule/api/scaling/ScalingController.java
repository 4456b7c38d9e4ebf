package io.bascule.api.scaling;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.Role;
import io.bascule.api.pages.Page;
import io.bascule.api.scaling.replicas.ReadReplicas;
import io.bascule.api.scaling.replicas.ReplicasView;
import io.bascule.scaling.ScalingFile;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The policies that this release is deployed with, and where they have led. */
@RestController
@RequestMapping(path = "/api/{version}", version = "1")
class ScalingController {

    private final ScalingFile file = ScalingFile.deployed();
    private final ReadReplicas readReplicas;

    ScalingController(ReadReplicas readReplicas) {
        this.readReplicas = readReplicas;
    }

    @GetMapping("/scaling")
    @Operation(summary = "List what scales, on what, and how many pods there are and should be")
    ResponseEntity<Page<PolicyView>> list(Caller caller) {
        caller.require(Role.VIEWER);
        Map<String, ReplicasView> replicas = readReplicas.read(caller, file);
        return new Page<>(
                        file.components().stream()
                                .map(component -> PolicyView.of(
                                        file.policy(component), file.memory(component), replicas.get(component)))
                                .toList(),
                        null)
                .toResponse();
    }

    @PostMapping("/scaling:simulate")
    @Operation(summary = "Reckon how many pods a component would have under a load")
    CourseView simulate(Caller caller, @Valid @RequestBody WantedSimulation wanted) {
        caller.require(Role.VIEWER);
        return CourseView.of(wanted.run(file));
    }
}
