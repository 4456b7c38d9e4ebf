package io.bascule.bridge.control;

/** An agent instance that has said hello, and the stream it did so on. Two sessions are never equal. */
final class AgentSession {

    private final AgentInstance instance;
    private final String version;
    private final AgentStream stream;

    AgentSession(AgentInstance instance, String version, AgentStream stream) {
        this.instance = instance;
        this.version = version;
        this.stream = stream;
    }

    AgentInstance instance() {
        return instance;
    }

    String version() {
        return version;
    }

    AgentStream stream() {
        return stream;
    }
}
