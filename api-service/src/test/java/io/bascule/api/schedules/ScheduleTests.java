package io.bascule.api.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.Answer;
import io.bascule.api.Api;
import io.bascule.api.ApiClient;
import io.bascule.api.ApiTest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class ScheduleTests {

    private static final String SCHEDULES = "/api/v1/schedules";
    private static final Map<String, Object> ECHO = Map.of("type", "echo", "input", Map.of("message", "hello"));

    private final Api api;
    private final JdbcClient database;

    ScheduleTests(Api api, JdbcClient database) {
        this.api = api;
        this.database = database;
    }

    @Test
    void aScheduleIsReadAsItWasCreated() {
        Answer created = api.admin().post(SCHEDULES, """
                {"name": "report", "when": {"cron": "0 9 * * MON-FRI", "zone": "Europe/Berlin"}, "jitterSeconds": 30,
                 "missedRuns": "once", "task": {"type": "echo", "input": {"message": "hi"}, "queue": "default",
                 "priority": 3, "retry": {"maxFailures": 5, "backoffSeconds": 10}, "labels": {"team": "data"}}}""");

        assertThat(created.status()).isEqualTo(201);
        Answer read = api.viewer().get(SCHEDULES + "/report");
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(created.header("Location")).isEqualTo(SCHEDULES + "/" + created.at("/id"));
        assertThat(api.viewer().get(created.header("Location")).json()).isEqualTo(created.json());
        assertThat(read.at("/when/cron")).isEqualTo("0 9 * * MON-FRI");
        assertThat(read.at("/when/zone")).isEqualTo("Europe/Berlin");
        assertThat(read.json().at("/when").has("every")).isFalse();
        assertThat(read.at("/jitterSeconds")).isEqualTo("30");
        assertThat(read.at("/missedRuns")).isEqualTo("once");
        assertThat(read.at("/task/lane")).isEqualTo("queued");
        assertThat(read.at("/task/queue")).isEqualTo("default");
        assertThat(read.at("/task/retry/maxFailures")).isEqualTo("5");
        assertThat(read.at("/task/input/message")).isEqualTo("hi");
        assertThat(read.at("/paused")).isEqualTo("false");
        assertThat(read.at("/createdBy/name")).isEqualTo("admin");
        assertThat(Instant.parse(read.at("/nextRunAt"))).isAfter(now());
        assertThat(audited("schedule.create", created)).isOne();
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        Answer cron = create("plain-cron", Map.of("cron", "@daily"));
        assertThat(cron.at("/when/zone")).isEqualTo("UTC");
        assertThat(cron.at("/missedRuns")).isEqualTo("skip");
        assertThat(cron.at("/jitterSeconds")).isEqualTo("0");
        assertThat(cron.at("/task/lane")).isEqualTo("instant");
        assertThat(cron.at("/nextRunAt")).endsWith("T00:00:00Z");

        Answer every = create("plain-every", Map.of("every", "PT15M"));
        assertThat(every.at("/when/every")).isEqualTo("PT15M");
        assertThat(Duration.between(now(), Instant.parse(every.at("/nextRunAt"))))
                .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                               | /when",
                "{\"cron\": \"@daily\", \"every\": \"PT1M\"}      | /when",
                "{\"cron\": \"0 9 * *\"}                          | /when/cron",
                "{\"cron\": \"61 * * * *\"}                       | /when/cron",
                "{\"cron\": \"0 0 30 2 *\"}                       | /when/cron",
                "{\"cron\": \"@daily\", \"zone\": \"Berlin\"}     | /when/zone",
                "{\"every\": \"15m\"}                             | /when/every",
                "{\"every\": \"PT0.5S\"}                          | /when/every",
                "{\"every\": \"PT1M\", \"zone\": \"UTC\"}         | /when/zone",
                "{\"each\": \"PT1M\"}                             | /when/each",
                "{\"cron\": 5}                                    | /when/cron",
            })
    void aTimeThatCannotBeIsPointedAt(String when, String pointer) {
        Answer answer = api.admin()
                .post(SCHEDULES, "{\"name\": \"odd\", \"when\": %s, \"task\": {\"type\": \"echo\"}}".formatted(when));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-input");
        assertThat(pointers(answer)).containsExactly(pointer);
    }

    @Test
    void everythingElseThatIsWrongIsPointedAtToo() {
        assertThat(pointers(api.admin().post(SCHEDULES, """
                {"name": "-x", "when": {"cron": "x", "zone": "y"}, "jitterSeconds": -1, "missedRuns": "some",
                 "task": {"type": "echo", "labels": {"schedule": "mine"}}}""")))
                .containsExactlyInAnyOrder(
                        "/name", "/when/cron", "/when/zone", "/jitterSeconds", "/missedRuns", "/task/labels/schedule");
        assertThat(pointers(api.admin().post(SCHEDULES, "{\"name\": \"x\", \"when\": {\"every\": \"PT1M\"}}")))
                .containsExactly("/task");
    }

    @Test
    void aTaskIsCheckedAsASubmittedOneIs() {
        assertThat(pointers(refused(Map.of("type", "echo", "input", Map.of("sleepMillis", "long")))))
                .containsExactly("/task/input/sleepMillis");
        assertThat(pointers(refused(Map.of("type", "echo", "priority", 5000)))).containsExactly("/task/priority");
        assertThat(pointers(refused(Map.of("type", "echo", "lane", "slow")))).containsExactly("/task/lane");
        assertThat(pointers(refused(Map.of("type", "echo", "lane", "instant", "queue", "default"))))
                .containsExactly("/task/lane");
        assertThat(pointers(refused(Map.of("input", Map.of())))).containsExactly("/task/type");

        Answer unknown = refused(Map.of("type", "dance"));
        assertThat(unknown.code()).isEqualTo("unknown-task-type");
        assertThat(pointers(unknown)).containsExactly("/task/type");
        Answer nowhere = refused(Map.of("type", "echo", "queue", "nowhere"));
        assertThat(nowhere.code()).isEqualTo("queue-not-found");
        assertThat(pointers(nowhere)).containsExactly("/task/queue");
    }

    @Test
    void theQueuedLaneWithoutAQueueMeansTheDefaultOne() {
        Answer answer = api.admin()
                .post(
                        SCHEDULES,
                        Map.of(
                                "name",
                                "laned",
                                "when",
                                Map.of("every", "P1D"),
                                "task",
                                Map.of("type", "echo", "lane", "queued")));

        assertThat(answer.at("/task/queue")).isEqualTo("default");
    }

    @Test
    void aNameIsTakenInItsWorkspace() {
        create("twice", Map.of("every", "P1D"));
        Answer other = create("twice-other", Map.of("every", "P1D"));

        assertThat(api.admin()
                        .post(SCHEDULES, wanted("twice", Map.of("every", "P1D")))
                        .code())
                .isEqualTo("schedule-name-taken");
        assertThat(ifMatch(other)
                        .put(SCHEDULES + "/twice-other", wanted("twice", Map.of("every", "P1D")))
                        .code())
                .isEqualTo("schedule-name-taken");
    }

    @Test
    void aChangeNamesTheRevisionItWasMadeFrom() {
        Answer created = create("moving", Map.of("every", "PT1H"));
        String path = SCHEDULES + "/moving";
        var change = wanted("moved", Map.of("every", "PT2H"));

        assertThat(api.admin().put(path, change).status()).isEqualTo(428);
        Answer changed = ifMatch(created).put(path, change);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.at("/name")).isEqualTo("moved");
        assertThat(Duration.between(now(), Instant.parse(changed.at("/nextRunAt"))))
                .isBetween(Duration.ofMinutes(119), Duration.ofMinutes(120));
        assertThat(ifMatch(created).put(SCHEDULES + "/moved", change).status()).isEqualTo(412);
        assertThat(audited("schedule.update", created)).isOne();
    }

    @Test
    void aChangeOfTheTaskLeavesTheNextRunWhereItIsAndMakesItTheChangersOwn() {
        Answer created = create("steady", Map.of("every", "PT1H"));
        var change = new HashMap<>(wanted("steady", Map.of("every", "PT1H")));
        change.put("task", Map.of("type", "echo", "input", Map.of("message", "other")));

        Answer changed = api.owner().with("If-Match", created.header("ETag")).put(SCHEDULES + "/steady", change);

        assertThat(changed.at("/nextRunAt")).isEqualTo(created.at("/nextRunAt"));
        assertThat(changed.at("/task/input/message")).isEqualTo("other");
        assertThat(changed.at("/createdBy/name")).isEqualTo("admin");
        assertThat(changed.at("/owner/name")).isEqualTo("owner");
    }

    @Test
    void aPausedScheduleHasNoNextRunUntilItIsResumed() {
        Answer created = create("resting", Map.of("every", "PT1H"));

        Answer paused = api.admin().post(SCHEDULES + "/resting:pause");
        assertThat(paused.status()).isEqualTo(200);
        assertThat(paused.at("/paused")).isEqualTo("true");
        assertThat(paused.json().has("nextRunAt")).isFalse();
        assertThat(paused.header("ETag")).isNotEqualTo(created.header("ETag"));
        assertThat(api.admin().post(SCHEDULES + "/resting:pause").header("ETag"))
                .isEqualTo(paused.header("ETag"));

        Answer resumed = api.admin().post(SCHEDULES + "/resting:resume");
        assertThat(resumed.at("/paused")).isEqualTo("false");
        assertThat(resumed.at("/nextRunAt")).isEqualTo(created.at("/nextRunAt"));
        assertThat(audited("schedule.pause", created)).isOne();
        assertThat(audited("schedule.resume", created)).isOne();
    }

    @Test
    void aScheduleCanBeMadePausedAndAChangeLeavesItSo() {
        var wanted = new HashMap<>(wanted("born-paused", Map.of("cron", "@daily")));
        wanted.put("paused", true);
        Answer created = api.admin().post(SCHEDULES, wanted);
        assertThat(created.json().has("nextRunAt")).isFalse();

        Answer changed =
                ifMatch(created).put(SCHEDULES + "/born-paused", wanted("born-paused", Map.of("cron", "@hourly")));
        assertThat(changed.at("/paused")).isEqualTo("true");
        assertThat(changed.json().has("nextRunAt")).isFalse();
    }

    @Test
    void runningItSubmitsItsTaskInTheCallersNameAndLeavesItsTimes() {
        Answer created = create("now-and-then", Map.of("every", "P1D"));

        Answer run = api.owner().post(SCHEDULES + "/now-and-then:run");

        assertThat(run.status()).isEqualTo(202);
        assertThat(run.header("Location")).isEqualTo("/api/v1/tasks/" + run.at("/task"));
        Answer task = api.viewer().get(run.header("Location"));
        assertThat(task.at("/type")).isEqualTo("echo");
        assertThat(task.at("/labels/schedule")).isEqualTo("now-and-then");
        assertThat(task.at("/submittedBy/name")).isEqualTo("owner");
        Answer read = api.viewer().get(SCHEDULES + "/now-and-then");
        assertThat(read.at("/lastRun/task")).isEqualTo(run.at("/task"));
        assertThat(read.at("/nextRunAt")).isEqualTo(created.at("/nextRunAt"));
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(audited("schedule.run", created)).isOne();
    }

    @Test
    void aTaskWhoseQueueIsGoneCannotBeRun() {
        database.sql(
                        "insert into queues (workspace_id, name) select id, 'short-lived' from workspaces where name = 'default'")
                .update();
        var wanted = new HashMap<>(wanted("queue-less", Map.of("every", "P1D")));
        wanted.put("task", Map.of("type", "echo", "queue", "short-lived"));
        assertThat(api.admin().post(SCHEDULES, wanted).status()).isEqualTo(201);
        database.sql("delete from queues where name = 'short-lived'").update();

        assertThat(api.admin().post(SCHEDULES + "/queue-less:run").code()).isEqualTo("queue-not-found");
    }

    @Test
    void aScheduleIsRemovedByWhoeverHasSeenIt() {
        Answer created = create("gone", Map.of("every", "P1D"));

        assertThat(api.admin().delete(SCHEDULES + "/gone").status()).isEqualTo(428);
        assertThat(ifMatch(created).delete(SCHEDULES + "/gone").status()).isEqualTo(204);
        assertThat(api.viewer().get(SCHEDULES + "/gone").code()).isEqualTo("schedule-not-found");
        assertThat(audited("schedule.delete", created)).isOne();
    }

    @Test
    void aScheduleWhoseZoneIsGoneIsShownAndCanBeChangedAndRemoved() {
        Answer created = create("sunken", Map.of("cron", "@daily"));
        create("beside", Map.of("every", "P1D"));
        database.sql("update schedules set zone = 'Atlantis/Capital', next_occurrence_at = null, next_run_at = null "
                        + "where name = 'sunken'")
                .update();

        assertThat(api.viewer().get(SCHEDULES + "?limit=200").json().findValuesAsString("name"))
                .contains("sunken", "beside");
        assertThat(api.viewer().get(SCHEDULES + "/sunken").at("/when/zone")).isEqualTo("Atlantis/Capital");
        Answer resumed = api.admin().post(SCHEDULES + "/sunken:resume");
        assertThat(resumed.code()).isEqualTo("schedule-unreadable");
        assertThat(resumed.at("/detail")).contains("Atlantis/Capital", "change its times");

        Answer changed = ifMatch(created).put(SCHEDULES + "/sunken", wanted("sunken", Map.of("cron", "@daily")));
        assertThat(changed.at("/nextRunAt")).endsWith("T00:00:00Z");
        database.sql("update schedules set zone = 'Atlantis/Capital' where name = 'sunken'")
                .update();
        assertThat(api.admin().post(SCHEDULES + "/sunken:pause").at("/paused")).isEqualTo("true");
        assertThat(api.admin()
                        .with("If-Match", "*")
                        .delete(SCHEDULES + "/sunken")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void onlyAdminsChangeAnything() {
        create("guarded", Map.of("every", "P1D"));
        for (ApiClient caller : List.of(api.viewer(), api.operator())) {
            assertThat(caller.post(SCHEDULES, wanted("mine", Map.of("every", "P1D")))
                            .status())
                    .isEqualTo(403);
            for (String verb : List.of("pause", "resume", "run")) {
                assertThat(caller.post(SCHEDULES + "/guarded:" + verb).status()).isEqualTo(403);
            }
            assertThat(caller.with("If-Match", "*")
                            .put(SCHEDULES + "/guarded", wanted("guarded", Map.of("every", "P1D")))
                            .status())
                    .isEqualTo(403);
            assertThat(caller.with("If-Match", "*")
                            .delete(SCHEDULES + "/guarded")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(api.anonymous().get(SCHEDULES).status()).isEqualTo(401);
    }

    @Test
    void aListIsReadInPagesByName() {
        create("page-a", Map.of("every", "P1D"));
        create("page-b", Map.of("every", "P1D"));

        Answer first = api.viewer().get(SCHEDULES + "?limit=1");
        assertThat(first.json().at("/items")).hasSize(1);
        Answer second = api.viewer().get(SCHEDULES + "?limit=1&cursor=" + first.at("/next"));
        assertThat(second.at("/items/0/name")).isGreaterThan(first.at("/items/0/name"));
        assertThat(api.viewer().get(SCHEDULES + "?limit=200").json().findValuesAsString("name"))
                .contains("page-a", "page-b");
    }

    @Test
    void anotherWorkspacesScheduleDoesNotExist() {
        UUID id = UUID.randomUUID();
        database.sql("""
                        with other as (insert into workspaces (name) values ('schedules-elsewhere') returning id),
                            someone as (select id from users limit 1)
                        insert into schedules (id, workspace_id, name, every_seconds, anchor_at, jitter_seconds, missed_runs,
                            lane, queue, type, priority, max_failures, backoff_millis, labels, input, owner_id, created_by)
                        select ?, other.id, 'elsewhere', 60, now(), 0, 'skip', 'instant', '', 'echo', 0, 1, 0, '{}', '{}',
                            someone.id, someone.id
                        from other, someone""").param(id).update();

        for (String name : List.of("elsewhere", id.toString())) {
            assertThat(api.owner().get(SCHEDULES + "/" + name).status()).isEqualTo(404);
            assertThat(api.owner().post(SCHEDULES + "/" + name + ":run").status())
                    .isEqualTo(404);
            assertThat(api.owner()
                            .with("If-Match", "*")
                            .delete(SCHEDULES + "/" + name)
                            .status())
                    .isEqualTo(404);
        }
        assertThat(api.owner().get(SCHEDULES + "?limit=200").json().findValuesAsString("name"))
                .doesNotContain("elsewhere");
    }

    private Answer create(String name, Map<String, Object> when) {
        Answer answer = api.admin().post(SCHEDULES, wanted(name, when));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer;
    }

    private Answer refused(Map<String, Object> task) {
        Answer answer =
                api.admin().post(SCHEDULES, Map.of("name", "refused", "when", Map.of("every", "P1D"), "task", task));
        assertThat(answer.status()).as(answer.toString()).isIn(400, 404);
        return answer;
    }

    private ApiClient ifMatch(Answer seen) {
        return api.admin().with("If-Match", seen.header("ETag"));
    }

    private static Map<String, Object> wanted(String name, Map<String, Object> when) {
        return Map.of("name", name, "when", when, "task", ECHO);
    }

    private static List<String> pointers(Answer answer) {
        return StreamSupport.stream(answer.json().at("/errors").spliterator(), false)
                .map(error -> error.get("pointer").asString())
                .toList();
    }

    /** By the database's clock, which schedules go by; the service's runs ahead in some tests. */
    private Instant now() {
        return database.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private int audited(String action, Answer schedule) {
        return database.sql("select count(*) from audit_events where action = ? and target_id = ?")
                .params(action, schedule.at("/id"))
                .query(Integer.class)
                .single();
    }
}
