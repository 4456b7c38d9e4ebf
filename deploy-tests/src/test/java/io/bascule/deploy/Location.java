package io.bascule.deploy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code deploy/cluster/location.yaml} puts beside an installation: an agent, a database that is reached through it
 * alone, and a visitor with the CLI and psql.
 */
record Location(Installation platform) {

    /** Through the visitor's tunnel. */
    static final String DATABASE = "postgresql://demo:demo@127.0.0.1:5432/demo";

    private static final String FILE = "deploy/cluster/location.yaml";

    /** The agent comes last, with a token that the visitor asks for. */
    static Location open(Installation platform) throws Exception {
        platform.openVisitor();
        platform.kubectl("apply", "--filename", FILE, "--selector", "demo!=agent");
        platform.kubectl("wait", "--for=condition=ready", "--timeout=120s", "pod/demo-postgres");
        platform.secret("demo-agent", "--from-literal=token=" + platform.newAgent("demo"));
        platform.kubectl("apply", "--filename", FILE);
        platform.kubectl("wait", "--for=condition=ready", "--timeout=120s", "pod/demo-agent");
        platform.newResource("postgres", "postgres", "demo", "demo-postgres:5432");
        return new Location(platform);
    }

    /** A task, a function and a tunnel. */
    void assertThatAllWorks(Api api) throws Exception {
        assertThat(api.run("echo", "{\"message\": \"hello\"}").at("/result").asText())
                .isEqualTo("hello");
        api.post("/functions", "{\"name\": \"add\", \"source\": \"const handler = ({ a, b }) => a + b;\"}");
        assertThatTheFunctionRuns(api);
        listen();
        assertThat(psql("select 6 * 7")).contains("42");
    }

    void assertThatTheFunctionRuns(Api api) throws Exception {
        assertThat(api.post("/functions/add:run", "{\"input\": {\"a\": 2, \"b\": 40}}")
                        .path("result")
                        .asInt())
                .isEqualTo(42);
    }

    /** Starts a tunnel in the visitor's pod that her other container uses, unless it is there. */
    void listen() throws Exception {
        platform.kubectl("exec", "visitor", "--container", "cli", "--", "sh", "-c", """
                [ -e /tmp/tunnel ] || {
                  setsid /app/entrypoint tcp postgres --port 5432 >/tmp/tunnel 2>&1 </dev/null &
                  until grep -q 5432 /tmp/tunnel; do sleep 0.2; done
                }""");
    }

    String psql(String query) throws Exception {
        return platform.kubectl(
                "exec", "visitor", "--container", "psql", "--", "psql", DATABASE, "--tuples-only", "--command", query);
    }

    /** In the container that has psql. */
    String visitorsShell(String script) throws Exception {
        return platform.kubectl("exec", "visitor", "--container", "psql", "--", "sh", "-c", script);
    }
}
