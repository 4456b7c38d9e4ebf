package io.bascule.api;

import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Shows how verbs are routed: {@code /things:verb} and {@code /things/{id}:verb}; and repeats any JSON. */
@Hidden
@RestController
@RequestMapping(path = "/api/{version}", version = "1")
class VerbsController {

    @PostMapping("/verbs")
    JsonNode repeat(@RequestBody JsonNode body) {
        return body;
    }

    @PostMapping("/verbs:join")
    String join() {
        return "joined";
    }

    @PostMapping("/verbs/{id}:cancel")
    String cancel(@PathVariable String id) {
        return "cancelled " + id;
    }

    @GetMapping("/verbs/{id}")
    String show(@PathVariable String id) {
        return "shown " + id;
    }
}
