package io.bascule.api.workspaces;

import io.bascule.api.caller.Caller;
import io.bascule.service.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps a workspace from having more of a kind than it may; two that create the last one at once cannot both. */
@Component
public class WorkspaceBounds {

    private final JdbcClient jdbc;
    private final BoundProperties properties;

    WorkspaceBounds(JdbcClient jdbc, BoundProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /**
     * To be called in the transaction that creates one more.
     *
     * @throws ProblemException naming the bound and how to change it, if there is no room for it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void requireRoom(Caller caller, Bounded kind) {
        int most = properties.most(kind);
        jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended(?, 0))")
                .param("bound/%s/%s".formatted(kind.table(), caller.workspace()))
                .query(Integer.class)
                .single();
        int number = jdbc.sql("select count(*) from " + kind.table() + " where workspace_id = ?" + kind.only())
                .param(caller.workspace())
                .query(Integer.class)
                .single();
        if (number >= most) {
            throw new ProblemException(
                    WorkspaceProblem.WORKSPACE_FULL,
                    "Workspace %s has %d %s and may have %d; remove one, or raise bascule.workspaces.%s"
                            .formatted(caller.workspaceName(), number, kind.table(), most, kind.property()));
        }
    }

    /** What a workspace may have so many of. */
    public enum Bounded {
        QUEUES,
        SCHEDULES,
        FUNCTIONS,
        SECRETS,
        WEBHOOKS;

        String table() {
            return switch (this) {
                case QUEUES -> "queues";
                case SCHEDULES -> "schedules";
                case FUNCTIONS -> "functions";
                case SECRETS -> "secrets";
                case WEBHOOKS -> "webhooks";
            };
        }

        /** Where callbacks go is beside the webhooks, but is none. */
        private String only() {
            return this == WEBHOOKS ? " and callback_origin is null" : "";
        }

        String property() {
            return "max-" + table();
        }
    }
}
