package io.bascule.tasks.store;

import io.bascule.tasks.Lane;
import io.bascule.tasks.Submitter;
import io.bascule.tasks.Task;
import io.bascule.tasks.Task.Progress;
import io.bascule.tasks.Task.Times;
import io.bascule.tasks.TaskError;
import io.bascule.tasks.TaskState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads tasks, live and ended. */
public class JdbcTasks {

    /** So many characters of an input are told in brief. */
    static final int BRIEF = 200;

    private static final String SHARED = """
            id, workspace_id, lane, queue, type, state, attempt, failures, priority, labels, created_at, run_at,
            started_at, deadline, worker, submitted_by, submitted_by_name, progress, progress_message, error_code,
            error_message, concurrency_key""";
    private static final String LIVE =
            "select " + SHARED + ", %s, null::timestamptz as finished_at, cancel_requested_at from task_live";
    private static final String ENDED =
            "select " + SHARED + ", %s, finished_at, null::timestamptz as cancel_requested_at from task_history";
    private static final String NO_RESULT = "null::json as result";
    /** The stored size is looked at first: it is known without reading what is large. */
    private static final String BRIEF_INPUT = """
            case when pg_column_size(input) <= 8 * %1$d and length(input::text) <= %1$d then input
                else to_json(left(input::text, %1$d)) end as input""".formatted(BRIEF);

    private static final String FILTER = """
             where workspace_id = :workspace and (:before::uuid is null or id < :before::uuid)
                and (:state::text is null or state = :state::text) and (:type::text is null or type = :type::text)
                and (:queue::text is null or queue = :queue::text)
            order by id desc limit :limit""";

    private static final Tables WHOLE = Tables.with("input", "result");
    private static final Tables IN_BRIEF = Tables.with(BRIEF_INPUT, NO_RESULT);

    private final JdbcClient database;

    public JdbcTasks(JdbcClient database) {
        this.database = database;
    }

    public Optional<Task> find(UUID workspace, UUID id) {
        String byId = " where id = :id and workspace_id = :workspace";
        return database.sql(WHOLE.live() + byId + " union all " + WHOLE.ended() + byId)
                .param("id", id)
                .param("workspace", workspace)
                .query((row, _) -> task(row))
                .optional();
    }

    /** Whether a workspace has this task, live or ended. */
    public boolean exists(UUID workspace, UUID id) {
        return database.sql("""
                        select exists (select 1 from task_live where id = :id and workspace_id = :workspace)
                            or exists (select 1 from task_history where id = :id and workspace_id = :workspace)""")
                .param("id", id)
                .param("workspace", workspace)
                .query(Boolean.class)
                .single();
    }

    /** The address that is told of a task's end, if one is. */
    public Optional<String> callback(UUID workspace, UUID id) {
        return database.sql("select url from task_callbacks where task_id = ? and workspace_id = ?")
                .params(id, workspace)
                .query(String.class)
                .optional();
    }

    /** At most {@code limit} tasks, newest first. */
    public List<Task> list(TaskFilter filter, int limit) {
        return list(WHOLE, filter, limit);
    }

    /**
     * The same without what may be large: no results, and in place of an input of more than 200 characters a string of its first
     * 200.
     */
    public List<Task> listBriefly(TaskFilter filter, int limit) {
        return list(IN_BRIEF, filter, limit);
    }

    private List<Task> list(Tables tables, TaskFilter filter, int limit) {
        return database.sql(listing(tables, filter.state()))
                .param("workspace", filter.workspace())
                .param("before", text(filter.before()))
                .param("state", filter.state() == null ? null : filter.state().word())
                .param("type", filter.type())
                .param("queue", filter.queue())
                .param("limit", limit)
                .query((row, _) -> task(row))
                .list();
    }

    /** The live table is not asked for what has ended, nor the history for what has not. */
    private static String listing(Tables tables, @Nullable TaskState state) {
        if (state == null) {
            return "select * from ((%s) union all (%s)) as both_tables order by id desc limit :limit"
                    .formatted(tables.live() + FILTER, tables.ended() + FILTER);
        }
        return (state.isFinal() ? tables.ended() : tables.live()) + FILTER;
    }

    /** Both tables, with the same columns. */
    private record Tables(String live, String ended) {

        static Tables with(String input, String result) {
            return new Tables(LIVE.formatted(input + ", " + NO_RESULT), ENDED.formatted(input + ", " + result));
        }
    }

    /** Which of these have ended. */
    public List<UUID> ended(Collection<UUID> ids) {
        return database.sql("select id from task_history where id = any (?::uuid[])")
                .param(ids.stream().map(UUID::toString).toArray(String[]::new))
                .query((row, _) -> Columns.uuid(row, "id"))
                .list();
    }

    /** How many instant tasks of a workspace wait, counted no further than {@code most}. */
    public int waiting(UUID workspace, int most) {
        return database.sql("""
                        select count(*) from (select 1 from task_live
                            where state = 'waiting' and not held and lane = 'instant' and workspace_id = ? limit ?) counted""").params(workspace, most).query(Integer.class).single();
    }

    public boolean queueExists(UUID workspace, String name) {
        return database.sql("select exists (select 1 from queues where workspace_id = ? and name = ?)")
                .params(workspace, name)
                .query(Boolean.class)
                .single();
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    static Task task(ResultSet row) throws SQLException {
        return new Task(
                Columns.uuid(row, "id"),
                Columns.uuid(row, "workspace_id"),
                Lane.of(Columns.text(row, "lane")),
                Columns.text(row, "queue"),
                Columns.text(row, "type"),
                TaskState.of(Columns.text(row, "state")),
                row.getInt("attempt"),
                row.getInt("failures"),
                row.getInt("priority"),
                Columns.text(row, "input"),
                row.getString("result"),
                error(row),
                Columns.labels(row, "labels"),
                times(row),
                row.getString("worker"),
                new Submitter(Columns.uuid(row, "submitted_by"), Columns.text(row, "submitted_by_name")),
                progress(row),
                row.getObject("cancel_requested_at") != null,
                row.getString("concurrency_key"));
    }

    private static Times times(ResultSet row) throws SQLException {
        return new Times(
                Columns.instant(row, "created_at"),
                Columns.instant(row, "run_at"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "finished_at"),
                Columns.instantOrNull(row, "deadline"));
    }

    private static @Nullable TaskError error(ResultSet row) throws SQLException {
        String code = row.getString("error_code");
        return code == null ? null : new TaskError(code, Columns.text(row, "error_message"));
    }

    private static @Nullable Progress progress(ResultSet row) throws SQLException {
        String message = row.getString("progress_message");
        return message == null ? null : new Progress(row.getInt("progress"), message);
    }
}
