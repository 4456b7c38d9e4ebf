package io.bascule.api.webhooks;

import io.bascule.api.naming.Names;
import io.bascule.api.pages.Page;
import io.bascule.api.pages.PageRequest;
import io.bascule.api.webhooks.JdbcDeliveries.Owner;
import io.bascule.service.problem.CommonProblem;
import io.bascule.service.problem.FieldProblem;
import io.bascule.service.problem.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lists deliveries in pages, newest first. */
@Component
class ListDeliveries {

    private static final Set<String> STATES = Set.of("waiting", "sending", "delivered", "failed");

    private final JdbcDeliveries deliveries;

    ListDeliveries(JdbcDeliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** @param state only in this one; null for any */
    Page<Delivery> list(Owner owner, @Nullable String state, PageRequest request) {
        if (state != null && !STATES.contains(state)) {
            throw invalid(
                    "/state",
                    "state: %s (expected one of: waiting, sending, delivered, failed)".formatted(Names.shown(state)));
        }
        UUID before = request.position().map(ListDeliveries::position).orElse(null);
        var found = deliveries.list(owner, state, before, request.fetch());
        return Page.cut(found, request, delivery -> delivery.id().toString());
    }

    private static UUID position(String cursor) {
        return Names.asId(cursor)
                .orElseThrow(() -> invalid("/cursor", "cursor: take it from the `next` of the page before, unchanged"));
    }

    private static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(CommonProblem.INVALID_INPUT, detail, List.of(new FieldProblem(pointer, detail)));
    }
}
