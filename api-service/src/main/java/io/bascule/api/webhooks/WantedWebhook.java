package io.bascule.api.webhooks;

import io.bascule.api.naming.Names;
import io.bascule.api.webhooks.Webhook.Settings;
import io.bascule.api.webhooks.delivery.EventTypes;
import io.bascule.service.outgoing.PublicAddresses;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as it is sent; any part may be missing or wrong.
 *
 * @param url where events are sent; everybody who may read the workspace sees it
 * @param eventTypes such as {@code io.bascule.task.finished} or {@code io.bascule.task.*}
 * @param description for people; empty by default
 * @param enabled by default; a change that leaves it out leaves it as it is
 */
record WantedWebhook(
        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        String name,

        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        String url,

        @Nullable @Schema(requiredMode = RequiredMode.REQUIRED)
        List<String> eventTypes,

        @Nullable String description,
        @Nullable Boolean enabled) {

    private static final int MOST_TYPES = 50;
    private static final int LONGEST_DESCRIPTION = 500;

    /** Names all that is wrong at once. */
    Settings check(PublicAddresses addresses) {
        List<FieldProblem> problems = new ArrayList<>();
        Names.problem("/name", name).ifPresent(problems::add);
        WantedUrl.problem(url, addresses).ifPresent(problem -> problems.add(new FieldProblem("/url", problem)));
        checkTypes(problems);
        if (description != null && description.length() > LONGEST_DESCRIPTION) {
            problems.add(new FieldProblem(
                    "/description",
                    "%d characters (expected: at most %d)".formatted(description.length(), LONGEST_DESCRIPTION)));
        }
        if (name == null || url == null || !problems.isEmpty()) {
            FieldProblem first = problems.getFirst();
            throw new ProblemException(CommonProblem.INVALID_INPUT, first.pointer() + ": " + first.detail(), problems);
        }
        return new Settings(
                name, url, eventTypes == null ? List.of() : eventTypes, description == null ? "" : description);
    }

    private void checkTypes(List<FieldProblem> problems) {
        if (eventTypes == null || eventTypes.isEmpty() || eventTypes.size() > MOST_TYPES) {
            problems.add(new FieldProblem(
                    "/eventTypes", "give 1 to %d, such as io.bascule.task.finished".formatted(MOST_TYPES)));
            return;
        }
        for (int index = 0; index < eventTypes.size(); index++) {
            String type = eventTypes.get(index);
            if (type == null || !EventTypes.isPattern(type)) {
                problems.add(new FieldProblem(
                        "/eventTypes/" + index,
                        "%s (expected: such as io.bascule.task.finished, io.bascule.task.* or *)"
                                .formatted(Names.shown(String.valueOf(type)))));
            }
        }
    }
}
