package io.bascule.tasks.upkeep;

import io.bascule.tasks.store.JdbcOverdue.Overdue;
import io.bascule.tasks.store.Settled;
import java.util.List;

/** What a step found and what became of it. */
record Returned(List<Overdue> tasks, List<Settled> settled) {

    static final Returned NONE = new Returned(List.of(), List.of());
}
